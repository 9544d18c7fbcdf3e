package org.pagetrail.kvm.model.mm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What do madvise's MADV_POPULATE_READ and MADV_POPULATE_WRITE do? */
public enum PopulateAdvice implements Rule {
  UNKNOWN_ADVICE(
      RuleText.generic(
          "host/madvise/populate-unknown",
          "until 5.13",
          "Nothing: the kernel does not know the advice and answers EINVAL.")),

  TOUCHES(
      RuleText.generic(
          "host/madvise/populate",
          "4ca9b3859dac (June 2021); madvise(2); 5.14 and later",
          "Every page of the range is touched as a read or a write would."));

  private final RuleText text;

  PopulateAdvice(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
