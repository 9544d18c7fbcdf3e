package org.pagetrail.qemu.slot;

import org.pagetrail.qemu.rule.Rule;

/** When a change of a flat view reaches the memslots. */
public enum ListenerTiming {
  /** Range by range, so that vCPUs can see the hole between a deletion and what replaces it. */
  AT_ONCE(
      "qemu/listener/at-once",
      "The listener sets memslots while the views are compared: first every range that goes,"
          + " then every range that comes, both ascending.",
      "QEMU 2.1 to 7.2, kvm-all.c"),
  /** All deletions, then all additions, when every address space has its new view. */
  AT_COMMIT(
      "qemu/listener/at-commit",
      "The listener collects the ranges and sets memslots at the end of the commit, all"
          + " deletions before all additions; vCPUs wait if the two overlap.",
      "QEMU 8.0 and later (f39b7d2b96), accel/kvm/kvm-all.c");

  private final String id;
  private final String sentence;
  private final String source;

  ListenerTiming(String id, String sentence, String source) {
    this.id = id;
    this.sentence = sentence;
    this.source = source;
  }

  /** What decides. */
  public Rule rule() {
    return new Rule(id, sentence, source);
  }
}
