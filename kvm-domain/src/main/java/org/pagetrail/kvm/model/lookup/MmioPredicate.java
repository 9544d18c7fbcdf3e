package org.pagetrail.kvm.model.lookup;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/**
 * The generic predicate: is this frame not ordinary memory? (kvm_is_mmio_pfn, later
 * kvm_is_reserved_pfn). Device decisions asked it for years, and so did the release of page
 * references.
 */
public enum MmioPredicate implements Rule {
  PAGE_RESERVED(
      RuleText.generic(
          "generic/mmio-pfn/page-reserved",
          "c77fb9dc7a03 (2008) until 3.17-rc",
          "A frame is not ordinary memory if its page is reserved, or if it has "
              + "no page. The zero page is reserved.")),

  NOT_ZERO_PAGE(
      RuleText.generic(
          "generic/mmio-pfn/not-zero-page",
          "85c8555ff07e (14 September 2014)",
          "As page-reserved, but the zero page is ordinary memory.")),

  PAGE_RESERVED_AGAIN(
      RuleText.generic(
          "generic/mmio-pfn/page-reserved-again",
          "d3fccc7ef831, bf4bea8e9a90 (November 2014); 3.18 to 5.3",
          "As page-reserved: the exemption of the zero page was taken back and "
              + "the function renamed.")),

  NOT_ZONE_DEVICE(
      RuleText.generic(
          "generic/mmio-pfn/not-zone-device",
          "a78986aae9b2 (2019); 5.4, 5.5",
          "A frame is not ordinary memory if its page is reserved and not of "
              + "ZONE_DEVICE, or if it has no page.")),

  NOT_ZERO_NOT_ZONE_DEVICE(
      RuleText.generic(
          "generic/mmio-pfn/not-zero-not-zone-device",
          "7df003c85218 (2019); 5.6 to 5.19",
          "A frame is not ordinary memory if its page is reserved, neither of "
              + "ZONE_DEVICE nor the zero page, or if it has no page.")),

  GONE(
      RuleText.generic(
          "generic/mmio-pfn/gone",
          "b14b2690c50e (2022); 6.0 and later",
          "There is no such predicate any more."));

  private final RuleText text;

  MmioPredicate(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }

  /** Whether the frame counts as not ordinary memory. */
  public boolean isMmio(FrameFacts frame) {
    if (!frame.valid()) {
      return true;
    }
    return switch (this) {
      case PAGE_RESERVED, PAGE_RESERVED_AGAIN -> frame.reserved();
      case NOT_ZERO_PAGE -> frame.reserved() && !frame.zeroPage();
      case NOT_ZONE_DEVICE -> frame.reserved() && !frame.zoneDevice();
      case NOT_ZERO_NOT_ZONE_DEVICE, GONE ->
          frame.reserved() && !frame.zeroPage() && !frame.zoneDevice();
    };
  }
}
