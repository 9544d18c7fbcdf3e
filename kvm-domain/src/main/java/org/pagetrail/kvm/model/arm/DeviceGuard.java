package org.pagetrail.kvm.model.arm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** Is the device rule asked for every frame? */
public enum DeviceGuard implements Rule {
  NONE(
      RuleText.arch(
          "arm64/device-guard/none",
          "every release",
          "Every frame that was found is asked about.")),

  WRITABLE(
      RuleText.arch(
          "arm64/device-guard/writable",
          "patch of 11 September 2014, never merged",
          "Only a frame that the lookup called writable can be device memory."));

  private final RuleText text;

  DeviceGuard(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }

  /** Whether the device rule is asked. */
  public boolean asks(boolean writable) {
    return this == NONE || writable;
  }
}
