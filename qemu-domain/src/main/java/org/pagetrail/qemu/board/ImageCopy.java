package org.pagetrail.qemu.board;

import org.pagetrail.qemu.rule.Rule;

/** How a {@code -bios} image reaches the flash at every reset. */
public enum ImageCopy {
  /** As a guest's write would, which a flash outside romd mode does not let through. */
  THROUGH_GUEST_MEMORY(
      "qemu/reset/image-through-guest-memory",
      "A -bios image is copied through guest memory at every reset; a flash outside romd mode is"
          + " left out without a word.",
      "QEMU 2.2 to 2.5, exec.c"),
  /** Straight. */
  INTO_HOST_MEMORY(
      "qemu/reset/image-into-host-memory",
      "A -bios image is copied into the flash's host memory at every reset; what lies beyond it"
          + " stays.",
      "QEMU 2.6 and later, hw/core/loader.c");

  private final String id;
  private final String sentence;
  private final String source;

  ImageCopy(String id, String sentence, String source) {
    this.id = id;
    this.sentence = sentence;
    this.source = source;
  }

  /** What decides. */
  public Rule rule() {
    return new Rule(id, sentence, source);
  }
}
