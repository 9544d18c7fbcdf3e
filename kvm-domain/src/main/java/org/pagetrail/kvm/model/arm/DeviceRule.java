package org.pagetrail.kvm.model.arm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;
import org.pagetrail.kvm.model.lookup.FrameFacts;

/** Does the fault path take a frame for device memory? */
public enum DeviceRule implements Rule {
  NEVER(RuleText.arch("arm64/device/never", "3.12", "Every frame is mapped as Normal memory.")),

  MMIO_PREDICATE(
      RuleText.arch(
          "arm64/device/mmio-predicate",
          "b88657674d39 until November 2014; 98047888bb9f",
          "A frame is device memory if the generic predicate says that it is not "
              + "ordinary memory.")),

  PFN_INVALID(
      RuleText.arch(
          "arm64/device/pfn-invalid",
          "07a9748c78cf; 3.18 to 5.13",
          "A frame is device memory if it is not valid.")),

  NOT_MAP_MEMORY(
      RuleText.arch(
          "arm64/device/not-map-memory",
          "873ba463914c (2021); 5.14 to 6.16",
          "A frame is device memory if memblock does not know it as memory that "
              + "the kernel maps.")),

  PFNMAP_NOT_MAP_MEMORY(
      RuleText.arch(
          "arm64/device/pfnmap-not-map-memory",
          "216887f79d98 (July 2025); in the cycle of 6.17",
          "Only in a mapping of page frames: device memory if memblock does not "
              + "know the frame as memory that the kernel maps.")),

  CACHEABLE_PFNMAP(
      RuleText.arch(
          "arm64/device/cacheable-pfnmap",
          "2a8dfab26677 (July 2025); 6.17 and later",
          "As pfnmap-not-map-memory; but where the host itself maps the frames "
              + "cacheable, the guest gets Normal memory if the processor has FWB and "
              + "DIC, and a fault otherwise."));

  private final RuleText text;

  DeviceRule(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }

  /**
   * Whether the frame is device memory.
   *
   * @param mmio what the generic predicate says of the frame
   * @param hostCached whether the host itself maps it cacheable
   */
  public boolean isDevice(FrameFacts frame, boolean mmio, boolean hostCached) {
    return switch (this) {
      case NEVER -> false;
      case MMIO_PREDICATE -> mmio;
      case PFN_INVALID -> !frame.valid();
      case NOT_MAP_MEMORY -> !frame.mapMemory();
      case PFNMAP_NOT_MAP_MEMORY -> frame.pfnmap() && !frame.mapMemory();
      case CACHEABLE_PFNMAP -> frame.pfnmap() && !frame.mapMemory() && !hostCached;
    };
  }

  /** Whether the rule asks the generic predicate. */
  public boolean asksPredicate() {
    return this == MMIO_PREDICATE;
  }

  /**
   * Whether the fault fails because the guest could see stale caches.
   *
   * @param notMemory page frames that memblock does not know as memory that the kernel maps
   * @param hostCached whether the host itself maps them cacheable
   * @param forced whether the processor can force the guest to the same
   */
  public boolean failsCacheable(boolean notMemory, boolean hostCached, boolean forced) {
    return this == CACHEABLE_PFNMAP && notMemory && hostCached && !forced;
  }
}
