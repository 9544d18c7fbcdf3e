package org.pagetrail.kvm.model.slot;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What leaves stage 2 when a slot goes or moves? */
public enum SlotFlush implements Rule {
  SLOT(RuleText.arch("arm64/slot/flush-slot", "98047888bb9f, 6.1, 7.2", "What the slot shows.")),

  EVERYTHING(
      RuleText.arch(
          "x86/slot/flush-all",
          "3.12, 6.1; 7.2 unless the monitor asks otherwise",
          "Everything: all roots are dropped."));

  private final RuleText text;

  SlotFlush(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
