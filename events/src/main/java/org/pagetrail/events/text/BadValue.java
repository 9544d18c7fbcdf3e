package org.pagetrail.events.text;

/** A JSON value is not what the event's type asks for; the reader adds where. */
final class BadValue extends Exception {
  private static final long serialVersionUID = 1L;

  BadValue(String message) {
    super(message);
  }
}
