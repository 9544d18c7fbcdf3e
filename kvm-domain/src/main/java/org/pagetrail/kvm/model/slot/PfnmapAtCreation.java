package org.pagetrail.kvm.model.slot;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What happens to page frames when a slot is created over them? */
public enum PfnmapAtCreation implements Rule {
  NOTHING(
      RuleText.arch(
          "arm64/slot/pfnmap-not-mapped",
          "98047888bb9f; fd6f17bade21 (2021); 5.14 and later",
          "Nothing; the guest faults them in.")),

  MAPPED(
      RuleText.arch(
          "arm64/slot/pfnmap-mapped",
          "8eef91239e57; 3.18 to 5.13",
          "They are mapped as Device at once, writable unless the slot is " + "read-only.")),

  RISCV_MAPPED(
      RuleText.arch(
          "riscv/slot/pfnmap-mapped",
          "6.1, 6.2 arch/riscv/kvm/mmu.c",
          "They are mapped at once with the attributes of I/O memory, writable unless the slot is"
              + " read-only.")),

  UNKNOWN(
      RuleText.unknown(
          "unknown/slot/pfnmap-at-creation",
          "Whether page frames are mapped when a slot is created over them."));

  private final RuleText text;

  PfnmapAtCreation(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
