package org.pagetrail.qemu.slot;

import org.pagetrail.qemu.rule.Rule;

/** How dirty logging of all memory reaches the memslots. */
public enum DirtyLogging {
  /** One switch for all slots. */
  SWITCH(
      "qemu/dirty-log/one-switch",
      "Every slot is set again, in the order of the table, with LOG_DIRTY_PAGES added or not.",
      "QEMU 2.1 to 2.3, kvm-all.c"),
  /** A reason to log among others. */
  MASK(
      "qemu/dirty-log/mask",
      "The maps are rebuilt with one more reason to log in every migratable range; ranges whose"
          + " reasons appear or vanish change the flags of their slots, ascending.",
      "QEMU 2.4 and later, memory.c");

  private final String id;
  private final String sentence;
  private final String source;

  DirtyLogging(String id, String sentence, String source) {
    this.id = id;
    this.sentence = sentence;
    this.source = source;
  }

  /** What decides. */
  public Rule rule() {
    return new Rule(id, sentence, source);
  }
}
