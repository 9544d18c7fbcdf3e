package org.pagetrail.kvm.model.port;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What if the host announced a change while the lookup went on? */
public enum StaleLookup implements Rule {
  RISCV_RESUMES(
      RuleText.arch(
          "riscv/stale-lookup/resumes",
          "6.1 to 7.2 arch/riscv/kvm/mmu.c",
          "Nothing is mapped, and the guest takes the fault again.")),

  LOONGARCH_LOOKS_AGAIN(
      RuleText.arch(
          "loongarch/stale-lookup/looks-again",
          "6.12 arch/loongarch/kvm/mmu.c",
          "The lookup is made again within the same fault.")),

  MIPS_LOOKS_AGAIN(
      RuleText.arch(
          "mips/stale-lookup/looks-again",
          "4.18 to 7.2 arch/mips/kvm/mmu.c",
          "The lookup is made again within the same fault.")),

  UNKNOWN(
      RuleText.unknown(
          "unknown/stale-lookup", "Whether a lookup is repeated at once or by the guest."));

  private final RuleText text;

  StaleLookup(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }

  /** Whether the same fault makes another lookup. */
  public boolean looksAgain() {
    return this == LOONGARCH_LOOKS_AGAIN || this == MIPS_LOOKS_AGAIN;
  }
}
