package org.pagetrail.kvm.model.arm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What happens when the host's page is poisoned? */
public enum Poison implements Rule {
  EFAULT(
      RuleText.arch("arm64/poison/efault", "98047888bb9f to 4.12", "KVM_RUN fails with EFAULT.")),

  SIGBUS(
      RuleText.arch(
          "arm64/poison/sigbus",
          "196f878a7ac2 (2017); 4.13 and later",
          "The monitor's thread gets SIGBUS, and the guest is resumed."));

  private final RuleText text;

  Poison(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
