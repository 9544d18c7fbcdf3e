package org.pagetrail.simulation;

/** A machine or a recording asks for something that the model does not cover. */
public final class NotModelled extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The message says what is not covered, and what is. */
  public NotModelled(String message) {
    super(message);
  }
}
