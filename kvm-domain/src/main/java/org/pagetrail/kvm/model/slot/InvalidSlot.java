package org.pagetrail.kvm.model.slot;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What does a vCPU meet that accesses a slot while it is deleted or moved? */
public enum InvalidSlot implements Rule {
  SEEN_AS_NONE(
      RuleText.arch(
          "arm64/slot/invalid-as-none",
          "98047888bb9f, 6.1, 7.2 arch/arm64/kvm/mmu.c",
          "The slot has no host address any more: the access is one outside of all slots, and"
              + " leaves as MMIO.")),

  PORT_SEEN_AS_NONE(
      RuleText.generic(
          "generic/slot/invalid-as-none",
          "85c8555ff07e, 6.1, 7.2 virt/kvm/kvm_main.c; riscv, loongarch, mips",
          "The slot has no host address any more, and the architecture asks no further: the access"
              + " is one outside of all slots.")),

  RETRIED(
      RuleText.arch(
          "x86/slot/invalid-retried",
          "e0c378684b65 (2021); 7.2 arch/x86/kvm/mmu/mmu.c",
          "The guest takes the fault again until the slot is gone or back.")),

  UNKNOWN(
      RuleText.unknown(
          "unknown/slot/invalid", "What an access meets while a slot is being deleted or moved."));

  private final RuleText text;

  InvalidSlot(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
