package org.pagetrail.kvm.model.mm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** How often is it announced that huge pages of the pool go? */
public enum HugetlbZap implements Rule {
  ANNOUNCED_TWICE(
      RuleText.generic(
          "host/hugetlb/zap-announced-twice",
          "until 6.1",
          "Twice: by the call, and again where the entries are removed.")),

  ANNOUNCED_ONCE(
      RuleText.generic(
          "host/hugetlb/zap-announced-once", "369258ce41c6; 6.2 and later", "Once, by the call."));

  private final RuleText text;

  HugetlbZap(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
