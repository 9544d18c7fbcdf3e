package org.pagetrail.kvm.model.x86;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;
import org.pagetrail.kvm.model.lookup.FrameFacts;

/**
 * Is this frame memory of a host device? With EPT it then gets the uncached type; nothing else
 * depends on it.
 */
public enum HostMmio implements Rule {
  MMIO_PREDICATE(
      RuleText.arch(
          "x86/host-mmio/mmio-predicate", "3.12 to 4.1", "What the generic predicate says.")),

  NOT_ZERO_PAGE(
      RuleText.arch(
          "x86/host-mmio/not-zero-page",
          "d1fe9219551e (July 2015); 4.2 to 4.15",
          "Without a page, or with a reserved page that is not the zero page.")),

  CACHE_MODE(
      RuleText.arch(
          "x86/host-mmio/cache-mode",
          "aa2e063aea93 (2017); 4.16 to 5.1",
          "As not-zero-page, and a reserved page counts only where the host "
              + "itself does not cache it.")),

  MEMORY_MAP(
      RuleText.arch(
          "x86/host-mmio/memory-map",
          "0c55671f84ff (2019); 5.2 and later",
          "As cache-mode, and a frame without page counts only if the firmware "
              + "does not call it RAM."));

  private final RuleText text;

  HostMmio(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }

  /** Whether the rule asks the generic predicate. */
  public boolean asksPredicate() {
    return this == MMIO_PREDICATE;
  }

  /**
   * Whether the frame is memory of a host device.
   *
   * @param mmio what the generic predicate says of the frame
   * @param hostCached whether the host maps it write-back
   */
  public boolean isMmio(FrameFacts frame, boolean mmio, boolean hostCached) {
    boolean reserved = frame.valid() && frame.reserved() && !frame.zeroPage();
    return switch (this) {
      case MMIO_PREDICATE -> mmio;
      case NOT_ZERO_PAGE -> !frame.valid() || reserved;
      case CACHE_MODE, MEMORY_MAP -> !frame.valid() || (reserved && !hostCached);
    };
  }
}
