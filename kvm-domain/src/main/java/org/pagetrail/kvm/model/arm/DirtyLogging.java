package org.pagetrail.kvm.model.arm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What does dirty logging do to faults? */
public enum DirtyLogging implements Rule {
  NONE(
      RuleText.arch(
          "arm64/dirty-log/none",
          "98047888bb9f, 3.18, 3.19",
          "Nothing: the architecture has no dirty log.")),

  MARKS_WRITABLE(
      RuleText.arch(
          "arm64/dirty-log/marks-writable",
          "15a49a44fc36 (January 2015); 4.0 to 5.13",
          "In a logged slot that is not read-only, entries are pages, and memory "
              + "becomes writable by write faults only; whatever becomes writable is "
              + "marked dirty.")),

  MARKS_INSTALLED(
      RuleText.arch(
          "arm64/dirty-log/marks-installed",
          "509552e65ae8 (2021); 5.14 and later",
          "As marks-writable, and only if the entry was installed."));

  private final RuleText text;

  DirtyLogging(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }

  /** True if the architecture has a dirty log. */
  public boolean isSupported() {
    return this != NONE;
  }
}
