package org.pagetrail.kvm.model.arm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** Which results of a lookup end the fault? */
public enum ErrorPfn implements Rule {
  ERROR(
      RuleText.arch(
          "arm64/lookup-failed/error",
          "98047888bb9f to 4.8",
          "Only errors. A slot that vanished in between gives a frame number that " + "is none.")),

  ERROR_OR_NO_SLOT(
      RuleText.arch(
          "arm64/lookup-failed/error-or-no-slot",
          "4.9 and later",
          "Errors, and a slot that vanished in between."));

  private final RuleText text;

  ErrorPfn(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
