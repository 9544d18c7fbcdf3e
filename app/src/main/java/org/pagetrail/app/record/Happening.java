package org.pagetrail.app.record;

/** What a recording waits for. */
enum Happening {
  /** The guest switched its machine off, which stands still now. */
  GUEST_SHUTDOWN("shutdown"),
  /** QEMU left. */
  QEMU_LEFT("left"),
  /** The user ends the recording. */
  STOP("stopped"),
  /** The time that the user gave is over. */
  TIMEOUT("timeout"),
  /** The user wants a snapshot. */
  SNAPSHOT("snapshot");

  private final String word;

  Happening(String word) {
    this.word = word;
  }

  /** The word that a trail has for such an end. */
  String word() {
    return word;
  }
}
