package org.pagetrail.kvm.model.slot;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What happens to entries when a slot's log is switched on? */
public enum SlotLogging implements Rule {
  WRITE_PROTECTS(
      RuleText.arch(
          "arm64/slot/log-write-protects",
          "4.1, 6.1",
          "They lose write permission, in read-only slots too; blocks stay " + "blocks.")),

  SPARES_READ_ONLY_SLOTS(
      RuleText.arch(
          "x86/slot/log-spares-read-only",
          "3.12, 6.1",
          "They lose write permission; a read-only slot is left alone."));

  private final RuleText text;

  SlotLogging(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
