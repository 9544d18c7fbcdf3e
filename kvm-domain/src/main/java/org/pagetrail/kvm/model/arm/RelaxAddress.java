package org.pagetrail.kvm.model.arm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** Which address of a block is named when permissions are added to its entry? */
public enum RelaxAddress implements Rule {
  BLOCK(RuleText.arch("arm64/relax/block", "observed on 5.10.223", "Where the block begins.")),

  PAGE(
      RuleText.arch(
          "arm64/relax/page",
          "observed on 6.1.176, 6.12.117, 6.18.15, 7.2.13",
          "The page that faulted, or where a huge page of the pool begins."));

  private final RuleText text;

  RelaxAddress(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
