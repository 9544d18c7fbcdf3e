package org.pagetrail.kvm.model.arm;

import org.pagetrail.events.KvmEvent.FaultType;
import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** Which aborts count as writes? */
public enum WriteFault implements Rule {
  SYNDROME_VALID(
      RuleText.arch(
          "arm64/write-fault/syndrome-valid",
          "3.12 to 98047888bb9f",
          "A data abort is a write if WnR says so; without a valid syndrome it "
              + "always counts as a write.")),

  WNR(
      RuleText.arch(
          "arm64/write-fault/wnr",
          "a7d079cea2df (September 2014); 3.18 to 4.8; arm 3.18 to 5.6",
          "A data abort is a write if WnR says so.")),

  WALK_WRITES(
      RuleText.arch(
          "arm64/write-fault/walk-writes",
          "60e21a0ef54c (September 2016); arm64 4.9 to 5.8",
          "A data abort is a write if it was taken on a walk of the guest's "
              + "tables, or if WnR says so.")),

  INSTRUCTION_WALK_WRITES(
      RuleText.arch(
          "arm64/write-fault/instruction-walk-writes",
          "c4ad98e4b72c (2020); 5.9 to 6.0, not 5.10.y and 5.15.y",
          "As walk-writes; an abort of an instruction fetch is a write too if it "
              + "was taken on such a walk.")),

  WALK_PERMISSION_WRITES(
      RuleText.arch(
          "arm64/write-fault/walk-permission-writes",
          "406504c7b040; 5.10.y (observed on 5.10.223), 5.15.y, 6.1.y, 6.2 and later",
          "An abort on a walk of the guest's tables is a write only if it is a "
              + "permission fault; any other data abort if WnR says so."));

  private final RuleText text;

  WriteFault(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }

  /** Whether the abort counts as a write. */
  public boolean isWrite(Syndrome abort) {
    return switch (this) {
      case SYNDROME_VALID -> !abort.instruction() && (!abort.valid() || abort.write());
      case WNR -> !abort.instruction() && abort.write();
      case WALK_WRITES -> !abort.instruction() && (abort.walk() || abort.write());
      case INSTRUCTION_WALK_WRITES -> abort.walk() || (!abort.instruction() && abort.write());
      case WALK_PERMISSION_WRITES ->
          abort.walk()
              ? abort.fault() == FaultType.PERMISSION
              : !abort.instruction() && abort.write();
    };
  }
}
