package org.pagetrail.qemu.flash;

import org.pagetrail.qemu.rule.Rule;

/** What a buffered program does that is not confirmed. */
public enum BufferAbort {
  /** The emulation is incomplete and says so in the hardest way. */
  EXITS(
      "qemu/flash/unconfirmed-buffer-exits",
      "Anything but d0 after the data words of a buffered program ends QEMU with status 1.",
      "QEMU 2.1 to 3.1, hw/block/pflash_cfi01.c"),
  /** As on the real chip. */
  RETURNS_TO_ARRAY(
      "qemu/flash/unconfirmed-buffer-returns-to-array",
      "Anything but d0 after the data words of a buffered program returns to array mode.",
      "QEMU 4.0 and later, hw/block/pflash_cfi01.c");

  private final String id;
  private final String sentence;
  private final String source;

  BufferAbort(String id, String sentence, String source) {
    this.id = id;
    this.sentence = sentence;
    this.source = source;
  }

  /** What decides. */
  public Rule rule() {
    return new Rule(id, sentence, source);
  }
}
