package org.pagetrail.kvm.model.arm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** Which permission faults can be repaired? */
public enum PermissionFault implements Rule {
  OF_WRITES(
      RuleText.arch(
          "arm64/permission-fault/of-writes",
          "98047888bb9f to 4.9",
          "Only those of writes; KVM_RUN fails with EFAULT for others.")),

  OF_WRITES_AND_FETCHES(
      RuleText.arch(
          "arm64/permission-fault/of-writes-and-fetches",
          "4.18 to 6.12",
          "Those of writes and of instruction fetches; KVM_RUN fails with EFAULT "
              + "for others."));

  private final RuleText text;

  PermissionFault(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
