package org.pagetrail.qemu.slot;

import org.pagetrail.qemu.rule.Rule;

/** Which slot a section gets. */
public final class LowestFreeIndex {
  /** The rule. */
  public static final Rule RULE =
      new Rule(
          "qemu/slot/lowest-free-id",
          "A new slot takes the lowest index that is not in use, so a deleted index is the first to"
              + " come back.",
          "QEMU 2.1 to 10.2, kvm-all.c");

  private LowestFreeIndex() {}
}
