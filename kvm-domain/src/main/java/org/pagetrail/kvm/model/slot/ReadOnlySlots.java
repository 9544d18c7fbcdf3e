package org.pagetrail.kvm.model.slot;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** May a slot be read-only (KVM_CAP_READONLY_MEM)? */
public enum ReadOnlySlots implements Rule {
  SUPPORTED(
      RuleText.generic(
          "generic/slot/read-only-supported",
          "4d8b81abc47b: x86 3.7; 98047888bb9f: arm, arm64 3.18; mips 4.11; riscv, loongarch; and"
              + " later",
          "Yes.")),

  UNSUPPORTED(
      RuleText.generic(
          "generic/slot/read-only-unsupported",
          "x86 until 3.6; arm, arm64 until 3.17; mips until 4.10; powerpc, s390 until 7.2",
          "No: KVM_MEM_READONLY is refused with EINVAL."));

  private final RuleText text;

  ReadOnlySlots(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
