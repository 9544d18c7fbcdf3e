package org.pagetrail.kvm.model.slot;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** May a writable slot lie over memory that the monitor may not write? */
public enum ReadOnlyMapping implements Rule {
  ALLOWED(
      RuleText.arch(
          "arm64/slot/read-only-mapping-allowed",
          "98047888bb9f; 6d674e28f642 (2019); 5.5 and later",
          "Yes; a write by the guest fails.")),

  EPERM(
      RuleText.arch(
          "arm64/slot/read-only-mapping-eperm", "8eef91239e57; 3.18 to 5.4", "No: EPERM.")),

  RISCV_EPERM(
      RuleText.arch(
          "riscv/slot/read-only-mapping-eperm", "6.1 to 7.2 arch/riscv/kvm/mmu.c", "No: EPERM."));

  private final RuleText text;

  ReadOnlyMapping(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }

  /** Whether such a slot is refused. */
  public boolean isRefused() {
    return this != ALLOWED;
  }
}
