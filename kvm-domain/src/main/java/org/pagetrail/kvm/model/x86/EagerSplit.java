package org.pagetrail.kvm.model.x86;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** Are blocks split when a slot's log is switched on? */
public enum EagerSplit implements Rule {
  NEVER(
      RuleText.arch(
          "x86/dirty-log/no-eager-split",
          "until 5.17",
          "No: they lose write permission as blocks.")),

  TDP(
      RuleText.arch(
          "x86/dirty-log/eager-split",
          "a3fe5dbda0a4 (February 2022); 5.18 and later; 6.1",
          "Yes, where the processor walks the guest's tables itself (TDP); shadow "
              + "pages stay as they are."));

  private final RuleText text;

  EagerSplit(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
