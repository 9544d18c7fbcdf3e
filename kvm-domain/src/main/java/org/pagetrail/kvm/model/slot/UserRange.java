package org.pagetrail.kvm.model.slot;

import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** Which host addresses belong to user space, and may stand behind a slot? */
public enum UserRange implements Rule {
  TO_THE_END(
      RuleText.arch(
          "arm64/slot/user-range",
          "access_ok up to TASK_SIZE_MAX; not observed",
          "All that have the monitor's width; another host range is refused with EINVAL.")),

  X86_BELOW_LAST_PAGE(
      RuleText.arch(
          "x86/slot/user-range",
          "access_ok up to TASK_SIZE_MAX; 6.18 observed; 6.4 to 6.11 not looked at",
          "All that have the monitor's width but the last page; another host range is refused "
              + "with EINVAL."));

  private final RuleText text;

  UserRange(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }

  /** Whether the range lies in user space where its addresses have {@code hvaBits} bits. */
  public boolean holds(Hva start, ByteSize size, int hvaBits) {
    long whole = 1L << hvaBits;
    long limit =
        switch (this) {
          case TO_THE_END -> whole;
          case X86_BELOW_LAST_PAGE -> whole - PageSize.BASE_BYTES;
        };
    long first = start.value();
    return Long.compareUnsigned(first, limit) <= 0
        && Long.compareUnsigned(size.bytes(), limit - first) <= 0;
  }
}
