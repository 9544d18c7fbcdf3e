package org.pagetrail.qemu;

/** A step of a command cannot be done; the decider turns it into a refusal. */
final class Impossible extends Exception {
  private static final long serialVersionUID = 1L;

  Impossible(String reason) {
    super(reason, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
