package org.pagetrail.kvm.model.port;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What becomes of a write to a read-only slot? */
public enum ReadOnlyWrite implements Rule {
  RISCV_EXITS(
      RuleText.arch(
          "riscv/read-only-write/exits",
          "6.1 to 7.2 arch/riscv/kvm/vcpu_exit.c",
          "It leaves to the monitor as an MMIO store; memory is not changed.")),

  LOONGARCH_EMULATED(
      RuleText.arch(
          "loongarch/read-only-write/emulated",
          "6.12, 7.2 arch/loongarch/kvm/mmu.c; 6.12 arch/loongarch/kvm/exit.c",
          "Mapping fails inside with EFAULT, and the store leaves to the monitor as MMIO.")),

  MIPS_EMULATED(
      RuleText.arch(
          "mips/read-only-write/emulated",
          "4.18 to 7.2 arch/mips/kvm/mmu.c",
          "Mapping fails inside with EFAULT, and the store leaves to the monitor as MMIO.")),

  POWERPC_RADIX_INTERRUPTS(
      RuleText.arch(
          "powerpc/read-only-write/storage-interrupt",
          "7.2 arch/powerpc/kvm/book3s_64_mmu_radix.c",
          "Guests with radix tables: the guest takes a data storage interrupt (protection), not the"
              + " monitor an exit. No slot can be read-only there; the code is all the same. Guests"
              + " with hashed tables are not known.")),

  S390_NOT_SUPPORTED(
      RuleText.arch(
          "s390/read-only-write/eopnotsupp",
          "7.2 arch/s390/kvm",
          "The fault ends inside with EOPNOTSUPP; what the vCPU gets is not known. No slot can be"
              + " read-only there.")),

  UNKNOWN(RuleText.unknown("unknown/read-only-write", "What a write to a read-only slot gets."));

  private final RuleText text;

  ReadOnlyWrite(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
