package org.pagetrail.events.trail;

import java.util.List;

/**
 * The rule that decided an event.
 *
 * @param rule the rule's identity, such as {@code arm64/device/pfn-valid}
 * @param source where the rule is known from: commits, releases
 * @param inputs the values it read, in the rule's own order
 */
public record Citation(String rule, String source, List<Input> inputs) {
  /** Copies the list. */
  public Citation {
    inputs = List.copyOf(inputs);
  }
}
