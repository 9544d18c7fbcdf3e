package org.pagetrail.kvm.model.port;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What if the lookup gives no frame? */
public enum LookupFailure implements Rule {
  RISCV_RUN_FAILS(
      RuleText.arch(
          "riscv/lookup-failure/run-fails",
          "6.1 to 7.2 arch/riscv/kvm/mmu.c",
          "KVM_RUN fails with EFAULT; for a poisoned page the monitor's thread gets SIGBUS, and the"
              + " guest is resumed.")),

  LOONGARCH_EMULATED(
      RuleText.arch(
          "loongarch/lookup-failure/emulated",
          "6.12 arch/loongarch/kvm/mmu.c, exit.c",
          "As for an access outside of all slots, whatever the reason, poison too.")),

  MIPS_EMULATED(
      RuleText.arch(
          "mips/lookup-failure/emulated",
          "4.18 to 7.2 arch/mips/kvm/mmu.c",
          "As for an access outside of all slots, whatever the reason, poison too.")),

  UNKNOWN(
      RuleText.unknown("unknown/lookup-failure", "What the vCPU gets when the host has no page."));

  private final RuleText text;

  LookupFailure(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
