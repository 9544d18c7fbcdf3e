package org.pagetrail.kvm.model.mm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** Which pages does /proc/kpageflags call KSM? */
public enum KsmFlag implements Rule {
  MERGED_PAGES(
      RuleText.generic(
          "host/kpageflags/ksm-merged-pages",
          "until 6.9; 6.18.44 and 7.2 (observed), by a repair of 2026",
          "Those that KSM merged.")),

  ALL_ANONYMOUS(
      RuleText.generic(
          "host/kpageflags/ksm-all-anonymous",
          "dee3d0bef2b0 (2024); 6.10 to 7.1; observed on 6.12.117 and 6.18.15",
          "Every anonymous page: the flag says nothing."));

  private final RuleText text;

  KsmFlag(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
