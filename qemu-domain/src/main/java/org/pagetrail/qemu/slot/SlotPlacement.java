package org.pagetrail.qemu.slot;

import org.pagetrail.qemu.rule.Rule;

/** How a section meets the slots that are already there. */
public enum SlotPlacement {
  /** Whatever overlaps is deleted, and what sticks out of the section is put back. */
  SPLIT_OVERLAPPING(
      "qemu/slot/split-overlapping",
      "Slots that overlap a section are deleted, lowest first; what lies before and after the"
          + " section comes back as new slots with the flags of the section. A section inside a"
          + " slot that maps the same memory changes its flags only.",
      "QEMU 2.1 to 2.10, kvm-all.c"),
  /** A section is a slot, and goes as it came. */
  EXACT_MATCH(
      "qemu/slot/exact-match",
      "A section takes the lowest free slot; it is deleted only where a slot has exactly its"
          + " range.",
      "QEMU 2.11 and later, kvm-all.c");

  private final String id;
  private final String sentence;
  private final String source;

  SlotPlacement(String id, String sentence, String source) {
    this.id = id;
    this.sentence = sentence;
    this.source = source;
  }

  /** What decides. */
  public Rule rule() {
    return new Rule(id, sentence, source);
  }
}
