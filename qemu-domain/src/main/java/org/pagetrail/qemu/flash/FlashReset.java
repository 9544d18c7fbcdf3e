package org.pagetrail.qemu.flash;

import org.pagetrail.qemu.rule.Rule;

/** What power-on and a system reset do to the flash. */
public enum FlashReset {
  /** Nothing resets it. */
  NEVER(
      "qemu/flash/no-reset",
      "The status register is 0 at power-on, and a system reset leaves the flash in the mode"
          + " that it was in.",
      "QEMU 2.1 to 4.0, hw/block/pflash_cfi01.c"),
  /** A reset handler. */
  TO_ARRAY(
      "qemu/flash/reset-to-array",
      "The status register is 80 at power-on; a system reset returns to array mode, status 80,"
          + " and leaves the storage alone.",
      "QEMU 4.1 and later (3a283507c0), hw/block/pflash_cfi01.c");

  private final String id;
  private final String sentence;
  private final String source;

  FlashReset(String id, String sentence, String source) {
    this.id = id;
    this.sentence = sentence;
    this.source = source;
  }

  /** What decides. */
  public Rule rule() {
    return new Rule(id, sentence, source);
  }

  int powerOnStatus() {
    return this == TO_ARRAY ? FlashRegisters.READY : 0;
  }
}
