package org.pagetrail.kvm.model.arm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** May the guest write where a device is mapped? */
public enum DevicePermission implements Rule {
  ALWAYS_WRITABLE(
      RuleText.arch(
          "arm64/device-permission/always-writable",
          "3.12 until 903ed3a54df2",
          "A device is mapped for reading and writing, whatever the lookup said.")),

  READ_ONLY_DEFAULT(
      RuleText.arch(
          "arm64/device-permission/read-only-default",
          "903ed3a54df2, 4a513fb009b9 (2014); 3.18 to 5.9",
          "A device is mapped for reading, and for writing only if the lookup "
              + "called it writable.")),

  FROM_LOOKUP(
      RuleText.arch(
          "arm64/device-permission/from-lookup",
          "6f745f1bb5bf (2020); 5.10 and later",
          "Permissions are built for each mapping, for devices as for memory: "
              + "write only if the lookup called it writable."));

  private final RuleText text;

  DevicePermission(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }

  /** Whether a device mapping gets write permission. */
  public boolean isWritable(boolean writable) {
    return this == ALWAYS_WRITABLE || writable;
  }
}
