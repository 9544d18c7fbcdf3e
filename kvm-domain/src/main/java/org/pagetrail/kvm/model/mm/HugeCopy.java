package org.pagetrail.kvm.model.mm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What does a write to a huge page that another process shares become? */
public enum HugeCopy implements Rule {
  COPIES_HUGE(
      RuleText.generic("host/thp/cow-copies-huge", "until 5.7", "A copy of the whole huge page.")),

  SPLITS(
      RuleText.generic(
          "host/thp/cow-splits",
          "3917c80280c9; 5.8 and later",
          "The huge entry is split, and one page is copied."));

  private final RuleText text;

  HugeCopy(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
