package org.pagetrail.kvm.model.lookup;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** Does KVM drop the page reference that the lookup took? */
public enum ReferenceRelease implements Rule {
  UNLESS_MMIO(
      RuleText.generic(
          "generic/reference/unless-mmio",
          "until 5.19",
          "KVM drops the reference unless the generic predicate takes the frame "
              + "for something else than memory; so a reserved zero page leaks one "
              + "reference for each mapping.")),

  REFCOUNTED_PAGE(
      RuleText.generic(
          "generic/reference/refcounted-page",
          "b14b2690c50e (2022); 6.0 to 6.12",
          "KVM drops the reference if the page is not reserved, or is the zero "
              + "page, or of ZONE_DEVICE.")),

  LOOKED_UP_PAGE(
      RuleText.generic(
          "generic/reference/looked-up-page",
          "6.13 and later; 6.18, 7.2",
          "KVM drops the reference exactly if the lookup took one."));

  private final RuleText text;

  ReferenceRelease(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }

  /**
   * Whether the reference is dropped again.
   *
   * @param mmio what the generic predicate says of the frame
   */
  public boolean isReleased(FrameFacts frame, boolean mmio) {
    return switch (this) {
      case UNLESS_MMIO -> !mmio;
      case REFCOUNTED_PAGE ->
          frame.valid() && (!frame.reserved() || frame.zeroPage() || frame.zoneDevice());
      case LOOKED_UP_PAGE -> true;
    };
  }
}
