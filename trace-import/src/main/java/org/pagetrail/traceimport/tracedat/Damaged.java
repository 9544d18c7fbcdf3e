package org.pagetrail.traceimport.tracedat;

/** Part of a file that is not as the format says. The message is a kind to count it under. */
final class Damaged extends Exception {
  private static final long serialVersionUID = 1;

  Damaged(String kind) {
    super(kind);
  }

  /** The kind under which it is counted. */
  String kind() {
    return String.valueOf(getMessage());
  }
}
