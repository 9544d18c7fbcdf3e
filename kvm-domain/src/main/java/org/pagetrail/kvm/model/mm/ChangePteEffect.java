package org.pagetrail.kvm.model.mm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What does KVM do when it is told which page replaces another? */
public enum ChangePteEffect implements Rule {
  MAPS_IF_TABLE(
      RuleText.arch(
          "arm64/notifier/change-pte",
          "3.19, 6.1",
          "It maps the new page read-only, if the table for it is still there.")),

  REPLACES_PRESENT(
      RuleText.arch(
          "x86/notifier/change-pte",
          "4.18, 6.1",
          "It replaces an entry that is still there; the invalidation around has "
              + "removed it."));

  private final RuleText text;

  ChangePteEffect(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
