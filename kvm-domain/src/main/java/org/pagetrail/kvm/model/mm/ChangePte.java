package org.pagetrail.kvm.model.mm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** Does the host tell KVM which page replaces a copied one? */
public enum ChangePte implements Rule {
  NOTIFIED(
      RuleText.generic(
          "host/cow/change-pte",
          "3.19 to 6.9",
          "Within the invalidation of a copied page, KVM is told the new one and "
              + "maps it read-only, if the table for it is still there.")),

  NOT_NOTIFIED(
      RuleText.generic(
          "host/cow/no-change-pte",
          "f7842747d13d (2024); 6.10 and later",
          "KVM is told the invalidation only."));

  private final RuleText text;

  ChangePte(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
