package org.pagetrail.qemu.slot;

import org.pagetrail.qemu.rule.Rule;

/** What a slot's flags say. */
public final class FlagsRule {
  /** The rule. */
  public static final Rule RULE =
      new Rule(
          "qemu/slot/flags-of-the-terminal-region",
          "LOG_DIRTY_PAGES if anything logs writes to the region; READONLY if the region itself is"
              + " read-only or a ROM device in romd mode, and KVM can do it. Read-only aliases and"
              + " containers do not count.",
          "QEMU 2.1 to 10.2, kvm-all.c");

  private FlagsRule() {}
}
