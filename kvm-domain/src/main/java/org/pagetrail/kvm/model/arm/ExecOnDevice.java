package org.pagetrail.kvm.model.arm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What happens to an instruction fetch from device memory? */
public enum ExecOnDevice implements Rule {
  EXECUTE_NEVER(
      RuleText.arch(
          "arm64/execute-device/never",
          "98047888bb9f to 4.15",
          "The device is mapped execute-never; the fetch then takes a permission " + "fault.")),

  EXECUTABLE(
      RuleText.arch(
          "arm64/execute-device/executable",
          "d0e22b4ac3ba (2018); 4.16 to 5.4",
          "The device is mapped executable.")),

  ABORT(
      RuleText.arch(
          "arm64/execute-device/abort",
          "6d674e28f642 (2019); 5.5 and later",
          "The guest gets an instruction abort injected, and nothing is mapped."));

  private final RuleText text;

  ExecOnDevice(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
