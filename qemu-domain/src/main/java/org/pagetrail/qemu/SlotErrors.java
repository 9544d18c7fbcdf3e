package org.pagetrail.qemu;

import org.pagetrail.qemu.rule.Rule;

/** What QEMU does when KVM refuses a memslot. */
final class SlotErrors {
  static final Rule RULE =
      new Rule(
          "qemu/slot/refused-slot-ends-qemu",
          "QEMU prints which slot KVM refused and aborts.",
          "QEMU 2.1 to 10.2, kvm-all.c");

  private SlotErrors() {}
}
