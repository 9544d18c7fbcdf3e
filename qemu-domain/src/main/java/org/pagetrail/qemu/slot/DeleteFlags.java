package org.pagetrail.qemu.slot;

import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.qemu.rule.Rule;

/** Which flags the request to delete a slot carries. */
public enum DeleteFlags {
  /** Those that the slot had. */
  OLD(
      "qemu/slot/delete-with-old-flags",
      "A slot is deleted with the flags that it had.",
      "QEMU 2.1 to 2.12, kvm-all.c"),
  /** None. */
  NONE(
      "qemu/slot/delete-without-flags",
      "A slot is deleted with flags 0.",
      "QEMU 3.0 and later, kvm-all.c");

  private final String id;
  private final String sentence;
  private final String source;

  DeleteFlags(String id, String sentence, String source) {
    this.id = id;
    this.sentence = sentence;
    this.source = source;
  }

  /** What decides. */
  public Rule rule() {
    return new Rule(id, sentence, source);
  }

  SlotFlags of(Slot slot) {
    return this == OLD ? slot.flags() : SlotFlags.NONE;
  }
}
