package org.pagetrail.kvm.model.arm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** When is memory mapped executable? */
public enum ExecPermission implements Rule {
  ALWAYS(
      RuleText.arch(
          "arm64/execute/always", "until 4.15", "Memory is always executable at stage 2.")),

  ON_FETCH(
      RuleText.arch(
          "arm64/execute/on-fetch",
          "d0e22b4ac3ba (2018); 4.16 and later",
          "When an instruction fetch faulted, or always if the processor needs no "
              + "instruction cache maintenance (DIC)."));

  private final RuleText text;

  ExecPermission(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }

  /** Whether memory is mapped executable. */
  public boolean isExecutable(boolean fetch, boolean dic) {
    return this == ALWAYS || fetch || dic;
  }
}
