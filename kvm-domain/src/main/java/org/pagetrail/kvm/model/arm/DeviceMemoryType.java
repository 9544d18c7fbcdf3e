package org.pagetrail.kvm.model.arm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** Which memory type does a device mapping get? */
public enum DeviceMemoryType implements Rule {
  DEVICE_NGNRE(RuleText.arch("arm64/device-type/ngnre", "until 6.8", "Device-nGnRE.")),

  NON_CACHEABLE_IF_ALLOWED(
      RuleText.arch(
          "arm64/device-type/non-cacheable-if-allowed",
          "8c47ce3e1d2c (February 2024); 6.9 and later",
          "Normal non-cacheable where the driver allows any uncached type, "
              + "Device-nGnRE otherwise."));

  private final RuleText text;

  DeviceMemoryType(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
