package org.pagetrail.kvm.model.arm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What happens to an instruction fetch from device memory? */
public enum ExecOnDevice implements Rule {
  EXECUTE_NEVER(
      RuleText.arch(
          "arm64/execute-device/never",
          "98047888bb9f to 4.9",
          "The device is mapped execute-never; the fetch then takes a permission " + "fault.")),

  EXECUTABLE(
      RuleText.arch("arm64/execute-device/executable", "4.18", "The device is mapped executable.")),

  ABORT(
      RuleText.arch(
          "arm64/execute-device/abort",
          "6d674e28f642; 5.10 and later",
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
