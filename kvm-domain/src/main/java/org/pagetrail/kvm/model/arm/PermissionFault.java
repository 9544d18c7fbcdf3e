package org.pagetrail.kvm.model.arm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** Which permission faults can be repaired? */
public enum PermissionFault implements Rule {
  OF_WRITES(
      RuleText.arch(
          "arm64/permission-fault/of-writes",
          "98047888bb9f to 4.15",
          "Only those of writes; KVM_RUN fails with EFAULT for others.")),

  OF_WRITES_AND_FETCHES(
      RuleText.arch(
          "arm64/permission-fault/of-writes-and-fetches",
          "d0e22b4ac3ba (2018); 4.16 to 6.18",
          "Those of writes and of instruction fetches; KVM_RUN fails with EFAULT "
              + "for others.")),

  OF_EVERYTHING(
      RuleText.arch(
          "arm64/permission-fault/of-everything",
          "6.19 and later; 7.2",
          "All; that of a read is warned of and handled like the others."));

  private final RuleText text;

  PermissionFault(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }

  /** Whether a permission fault of a write, of a fetch or of neither is handled. */
  public boolean handles(boolean write, boolean fetch) {
    return switch (this) {
      case OF_WRITES -> write;
      case OF_WRITES_AND_FETCHES -> write || fetch;
      case OF_EVERYTHING -> true;
    };
  }
}
