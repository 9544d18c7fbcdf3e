package org.pagetrail.kvm.model.mm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What does a write to the huge zero page become? */
public enum HugeZeroWrite implements Rule {
  SPLITS(
      RuleText.generic(
          "host/thp/huge-zero-splits",
          "3.19 to 6.12",
          "The huge entry is split into 512 entries of the zero page, one of "
              + "which is replaced by a new page.")),

  ALLOCATES(
      RuleText.generic(
          "host/thp/huge-zero-allocates",
          "1ced09e0331f (2024); 6.13 and later",
          "The huge entry is replaced by a new huge page."));

  private final RuleText text;

  HugeZeroWrite(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
