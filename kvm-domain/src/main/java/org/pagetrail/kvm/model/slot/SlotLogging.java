package org.pagetrail.kvm.model.slot;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What happens to entries when a slot's log is switched on? */
public enum SlotLogging implements Rule {
  WRITE_PROTECTS(
      RuleText.arch(
          "arm64/slot/log-write-protects",
          "4.1, 6.1",
          "They lose write permission, in read-only slots too; blocks stay " + "blocks.")),

  SPARES_READ_ONLY_SLOTS(
      RuleText.arch(
          "x86/slot/log-spares-read-only",
          "3.12, 6.1",
          "They lose write permission; a read-only slot is left alone.")),

  RISCV_WRITE_PROTECTS(
      RuleText.arch(
          "riscv/slot/log-write-protects",
          "6.1 to 7.2 arch/riscv/kvm/mmu.c",
          "They lose write permission, in read-only slots too; blocks stay blocks.")),

  LOONGARCH_SPARES_READ_ONLY_SLOTS(
      RuleText.arch(
          "loongarch/slot/log-spares-read-only",
          "6.12 arch/loongarch/kvm/mmu.c",
          "They lose write permission; a read-only slot is left alone.")),

  LOSE_WRITE_PERMISSION(
      RuleText.generic(
          "generic/slot/log-write-protects",
          "7.2 virt/kvm/kvm_main.c",
          "They lose write permission; those of a read-only slot have none. Whether the"
              + " architecture does more is not known."));

  private final RuleText text;

  SlotLogging(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }

  /** Whether read-only slots are left alone. */
  public boolean sparesReadOnlySlots() {
    return this == SPARES_READ_ONLY_SLOTS || this == LOONGARCH_SPARES_READ_ONLY_SLOTS;
  }
}
