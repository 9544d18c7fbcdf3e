package org.pagetrail.kvm.model.port;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What becomes of an access to guest memory that no slot has? */
public enum NoSlotAccess implements Rule {
  RISCV_FETCH_FAILS(
      RuleText.arch(
          "riscv/no-slot/fetch-fails",
          "6.1, 6.2 arch/riscv/kvm/vcpu_exit.c",
          "A load or store leaves to the monitor as MMIO; a fetch makes KVM_RUN fail with"
              + " EOPNOTSUPP.")),

  RISCV_FETCH_UNKNOWN(
      RuleText.arch(
          "riscv/no-slot/fetch-unknown",
          "6.1, 7.2 arch/riscv/kvm/vcpu_exit.c; fetches not looked at in between",
          "A load or store leaves to the monitor as MMIO; what a fetch gets is not known.")),

  RISCV_FETCH_ABORTS(
      RuleText.arch(
          "riscv/no-slot/fetch-aborts",
          "7.2 arch/riscv/kvm/vcpu_exit.c",
          "A load or store leaves to the monitor as MMIO; a fetch gets an instruction access"
              + " fault.")),

  LOONGARCH_EMULATED(
      RuleText.arch(
          "loongarch/no-slot/emulated",
          "6.12, 7.2 arch/loongarch/kvm/mmu.c; 6.12 arch/loongarch/kvm/exit.c",
          "Mapping fails inside, and a load or store leaves to the monitor as MMIO; a fetch gets an"
              + " address error.")),

  MIPS_EMULATED(
      RuleText.arch(
          "mips/no-slot/emulated",
          "4.18 to 7.2 arch/mips/kvm/mmu.c",
          "Mapping fails inside, and a load or store leaves to the monitor as MMIO; what a fetch"
              + " gets is not known.")),

  POWERPC_RADIX_EMULATED(
      RuleText.arch(
          "powerpc/no-slot/radix-emulated",
          "7.2 arch/powerpc/kvm/book3s_64_mmu_radix.c",
          "Guests with radix tables: a load or store leaves to the monitor as MMIO; a walk of the"
              + " guest's tables gets a storage interrupt. Fetches, and guests with hashed tables,"
              + " are not known.")),

  S390_ADDRESSING(
      RuleText.arch(
          "s390/no-slot/addressing-exception",
          "7.2 arch/s390/kvm",
          "The guest takes an addressing exception; there is no MMIO.")),

  UNKNOWN(RuleText.unknown("unknown/no-slot", "What an access outside of all slots gets."));

  private final RuleText text;

  NoSlotAccess(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
