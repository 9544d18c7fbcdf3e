package org.pagetrail.events.trail;

/** A value that a rule read, by the name the rule gives it. */
public record Input(String name, String value) {
  /** An input whose value is printed with its own {@code toString}. */
  public static Input of(String name, Object value) {
    return new Input(name, value.toString());
  }
}
