package org.pagetrail.kvm.model.arm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** How does an entry get into stage 2? */
public enum Install implements Rule {
  SET_ENTRY(
      RuleText.arch(
          "arm64/install/set-entry",
          "3.12 to 5.9",
          "The entry is written over the old one; a device entry onto a present "
              + "one fails with EFAULT.")),

  RELAX_OR_MAP(
      RuleText.arch(
          "arm64/install/relax-or-map",
          "6f745f1bb5bf (2020); 5.10 and later",
          "After a permission fault at the same size, permissions are added. "
              + "Otherwise the entry is mapped: replaced by break-before-make, but if "
              + "it differs in permissions alone, left as it is, and the guest tries "
              + "again."));

  private final RuleText text;

  Install(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
