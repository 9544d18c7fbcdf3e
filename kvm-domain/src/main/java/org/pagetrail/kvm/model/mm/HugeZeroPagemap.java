package org.pagetrail.kvm.model.mm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** Does pagemap call the huge zero page one of a file or of shared memory? */
public enum HugeZeroPagemap implements Rule {
  NOT_OF_FILE(
      RuleText.generic(
          "host/pagemap/huge-zero-plain",
          "observed on 5.10.223, and again on 7.3.4",
          "No: its bit 61 is clear.")),

  OF_FILE(
      RuleText.generic(
          "host/pagemap/huge-zero-of-file",
          "observed on 6.1.176, 6.12.117, 6.18.15, 7.2.13",
          "Yes: its bit 61 is set, as of all that is not anonymous."));

  private final RuleText text;

  HugeZeroPagemap(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
