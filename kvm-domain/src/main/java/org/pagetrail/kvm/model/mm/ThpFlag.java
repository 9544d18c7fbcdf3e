package org.pagetrail.kvm.model.mm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** Which pages of the page cache does kpageflags call transparent huge pages? */
public enum ThpFlag implements Rule {
  HUGE_PAGES(
      RuleText.generic(
          "host/kpageflags/thp-huge", "until 6.15, on ext4", "Those of 2 MiB and no others.")),

  LARGE_FOLIOS(
      RuleText.generic(
          "host/kpageflags/thp-large-folios",
          "ext4 has large folios since 6.16; observed on 6.16.12, 6.17.13, 6.18.15",
          "Those of any folio of several pages: the flag says nothing about the size."));

  private final RuleText text;

  ThpFlag(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
