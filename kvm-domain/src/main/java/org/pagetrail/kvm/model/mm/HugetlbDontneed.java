package org.pagetrail.kvm.model.mm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What does madvise's MADV_DONTNEED do with huge pages of the pool? */
public enum HugetlbDontneed implements Rule {
  REFUSED(
      RuleText.generic(
          "host/madvise/dontneed-hugetlb-refused",
          "until 5.17; observed on 5.10.223",
          "Nothing: it answers EINVAL.")),

  DROPS(
      RuleText.generic(
          "host/madvise/dontneed-hugetlb",
          "90e7e7f5ef3f (March 2022); 5.18 and later",
          "They go as other pages do."));

  private final RuleText text;

  HugetlbDontneed(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
