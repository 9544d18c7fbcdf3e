package org.pagetrail.kvm.model.port;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** When does a fault mark a page of a logged slot dirty? */
public enum EntryLogging implements Rule {
  RISCV_WRITABLE(
      RuleText.arch(
          "riscv/dirty-log/marks-writable",
          "6.1 to 7.2 arch/riscv/kvm/mmu.c",
          "When it makes a writable entry.")),

  LOONGARCH_WRITE(
      RuleText.arch(
          "loongarch/dirty-log/marks-writes",
          "6.12 arch/loongarch/kvm/mmu.c",
          "When it lets a write through.")),

  MIPS_WRITE(
      RuleText.arch(
          "mips/dirty-log/marks-writes",
          "4.18 to 7.2 arch/mips/kvm/mmu.c",
          "When it lets a write through.")),

  UNKNOWN(RuleText.unknown("unknown/dirty-log", "When a page is marked dirty."));

  private final RuleText text;

  EntryLogging(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
