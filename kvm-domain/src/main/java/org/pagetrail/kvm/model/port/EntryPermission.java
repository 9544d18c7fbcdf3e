package org.pagetrail.kvm.model.port;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What may an entry do that a fault makes? */
public enum EntryPermission implements Rule {
  RISCV_AS_LOOKUP(
      RuleText.arch(
          "riscv/entry-permission/as-lookup",
          "6.1 to 7.2 arch/riscv/kvm/mmu.c",
          "Read and execute; write if the lookup called the frame writable, in a logged slot only"
              + " after a write.")),

  LOONGARCH_AFTER_WRITE(
      RuleText.arch(
          "loongarch/entry-permission/after-write",
          "6.12 arch/loongarch/kvm/mmu.c",
          "Read and execute; the processor may write after a write fault only. A later write to a"
              + " frame that the lookup called writable gets permission without another lookup.")),

  MIPS_AFTER_WRITE(
      RuleText.arch(
          "mips/entry-permission/after-write",
          "4.18 to 7.2 arch/mips/kvm/mmu.c",
          "Read and execute; the processor may write after a write fault only. A later write to a"
              + " frame that the lookup called writable gets permission without another lookup.")),

  UNKNOWN(RuleText.unknown("unknown/entry-permission", "What an entry lets the guest do."));

  private final RuleText text;

  EntryPermission(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }

  /** Whether a read fault leaves out write permission that the frame would allow. */
  public boolean waitsForWrite() {
    return this == LOONGARCH_AFTER_WRITE || this == MIPS_AFTER_WRITE;
  }
}
