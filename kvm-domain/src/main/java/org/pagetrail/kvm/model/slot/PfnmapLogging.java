package org.pagetrail.kvm.model.slot;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** Can writes to page frames be logged? */
public enum PfnmapLogging implements Rule {
  IGNORED(
      RuleText.arch(
          "arm64/slot/pfnmap-log-ignored",
          "98047888bb9f, 3.18, 3.19",
          "The question does not arise: there is no dirty log.")),

  EINVAL(
      RuleText.arch(
          "arm64/slot/pfnmap-log-einval",
          "15a49a44fc36 (January 2015); 4.0 and later",
          "A logged slot over page frames is refused with EINVAL.")),

  RISCV_EINVAL(
      RuleText.arch(
          "riscv/slot/pfnmap-log-einval",
          "6.1 to 7.2 arch/riscv/kvm/mmu.c",
          "A logged slot over page frames is refused with EINVAL."));

  private final RuleText text;

  PfnmapLogging(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }

  /** Whether such a slot is refused. */
  public boolean isRefused() {
    return this != IGNORED;
  }
}
