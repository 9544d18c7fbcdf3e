package org.pagetrail.kvm.model.slot;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What leaves stage 2 when a slot goes or moves? */
public enum SlotFlush implements Rule {
  SLOT(RuleText.arch("arm64/slot/flush-slot", "98047888bb9f, 6.1, 7.2", "What the slot shows.")),

  EVERYTHING(
      RuleText.arch("x86/slot/flush-all", "3.12, 6.1", "Everything: all roots are dropped.")),

  EVERYTHING_UNLESS_ASKED(
      RuleText.arch(
          "x86/slot/flush-all-unless-asked",
          "aa8d1f48d353 (2024); 7.2 arch/x86/kvm/mmu/mmu.c",
          "Everything, unless the monitor switched the quirk SLOT_ZAP_ALL off: then what the slot"
              + " shows.")),

  AT_LEAST_SLOT(
      RuleText.generic(
          "generic/slot/flush-at-least-slot",
          "7.2 virt/kvm/kvm_main.c",
          "What the slot shows, before it is gone. Whether the architecture drops more is not"
              + " known."));

  private final RuleText text;

  SlotFlush(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
