package org.pagetrail.kvm.model.arm;

import org.pagetrail.events.KvmEvent.FaultType;
import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** Which kinds of stage 2 abort are handled at all? */
public enum FaultTypes implements Rule {
  TRANSLATION_AND_PERMISSION(
      RuleText.arch(
          "arm64/abort/translation-and-permission",
          "98047888bb9f, 3.18, 3.19; until 4.1",
          "Only translation and permission faults; KVM_RUN fails with EFAULT for " + "others.")),

  ACCESS_FLAG_TOO(
      RuleText.arch(
          "arm64/abort/access-flag-too",
          "aeda9130c38e (2015); 4.2 and later",
          "Translation, permission and access flag faults; KVM_RUN fails with "
              + "EFAULT for others."));

  private final RuleText text;

  FaultTypes(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }

  /** Whether the fault is handled. */
  public boolean handles(FaultType fault) {
    return switch (fault) {
      case TRANSLATION, PERMISSION -> true;
      case ACCESS_FLAG -> this == ACCESS_FLAG_TOO;
      case OTHER -> false;
    };
  }
}
