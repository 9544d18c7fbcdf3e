package org.pagetrail.kvm.model.slot;

import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** Which guest addresses may a slot have? */
public enum IpaLimit implements Rule {
  NONE(RuleText.arch("arm64/slot/ipa-unchecked", "98047888bb9f", "Any.")),

  LAST_PAGE_REFUSED(
      RuleText.arch(
          "arm64/slot/ipa-below-last-page",
          "8eef91239e57; 3.18 to 5.9",
          "A slot that reaches the end of the guest's address space is refused " + "with EFAULT.")),

  STRICT(
      RuleText.arch(
          "arm64/slot/ipa-limit",
          "262b003d059c (2021); 5.12 and later; 5.10 with stable updates",
          "A slot that reaches beyond the end of the guest's address space is "
              + "refused with EFAULT.")),

  X86_UNCHECKED(RuleText.arch("x86/slot/gfn-unchecked", "until 86931ff7207b (5.18)", "Any.")),

  X86_MAX_GFN(
      RuleText.arch(
          "x86/slot/max-gfn",
          "86931ff7207b (5.18); 6.1, 7.2",
          "A slot that reaches beyond the guest's physical address space is refused with EINVAL.")),

  RISCV_LAST_PAGE_REFUSED(
      RuleText.arch(
          "riscv/slot/gpa-below-last-page",
          "6.1 to 7.2 arch/riscv/kvm/mmu.c",
          "A slot that reaches the end of the guest's address space is refused with EFAULT.")),

  LOONGARCH_ENOMEM(
      RuleText.arch(
          "loongarch/slot/gpa-limit",
          "6.12 arch/loongarch/kvm/mmu.c",
          "A slot that reaches beyond the guest's address space is refused with ENOMEM.")),

  UNKNOWN(
      RuleText.unknown(
          "unknown/slot/arch-checks",
          "What the architecture refuses beyond the checks that all share."));

  private static final int ENOMEM = 12;
  private static final int EFAULT = 14;
  private static final int EINVAL = 22;

  private final RuleText text;

  IpaLimit(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }

  /** Whether a slot is refused that begins at {@code gpa}. */
  public boolean refuses(Gpa gpa, ByteSize size, int ipaBits) {
    long end = gpa.value() + size.bytes();
    long limit = 1L << ipaBits;
    return switch (this) {
      case NONE, X86_UNCHECKED, UNKNOWN -> false;
      case LAST_PAGE_REFUSED, RISCV_LAST_PAGE_REFUSED -> Long.compareUnsigned(end, limit) >= 0;
      case STRICT, X86_MAX_GFN, LOONGARCH_ENOMEM -> Long.compareUnsigned(end, limit) > 0;
    };
  }

  /** The errno of a refusal. */
  public int errno() {
    return switch (this) {
      case X86_MAX_GFN -> EINVAL;
      case LOONGARCH_ENOMEM -> ENOMEM;
      case NONE, X86_UNCHECKED, UNKNOWN, LAST_PAGE_REFUSED, RISCV_LAST_PAGE_REFUSED, STRICT ->
          EFAULT;
    };
  }
}
