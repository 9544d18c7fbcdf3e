package org.pagetrail.kvm.model.slot;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** May the guest write page frames that are mapped when the slot is created? */
public enum PfnmapPermission implements Rule {
  DEVICE_DEFAULT(
      RuleText.arch(
          "arm64/slot/pfnmap-default-permission",
          "before c40f2f8ff833",
          "What every device mapping may.")),

  AS_ASKED(
      RuleText.arch(
          "arm64/slot/pfnmap-asked-permission",
          "c40f2f8ff833 (2014); 3.18 to 5.13",
          "Unless the slot is read-only.")),

  RISCV_AS_ASKED(
      RuleText.arch(
          "riscv/slot/pfnmap-asked-permission",
          "6.1, 6.2 arch/riscv/kvm/mmu.c",
          "Unless the slot is read-only."));

  private final RuleText text;

  PfnmapPermission(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
