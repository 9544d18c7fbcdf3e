package org.pagetrail.kvm.model.mm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** Is a private mapping of huge pages of the pool announced by fork before it has a page? */
public enum HugetlbFork implements Rule {
  ANNOUNCED(
      RuleText.generic(
          "host/fork/hugetlb-announced", "observed on 5.10.223", "Yes: it is copied at once.")),

  ONLY_POPULATED(
      RuleText.generic(
          "host/fork/hugetlb-only-populated",
          "bcd51a3c679d; observed on 6.1.176, 6.12.117",
          "No: there is nothing to copy."));

  private final RuleText text;

  HugetlbFork(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
