package org.pagetrail.guest.follow;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hex;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Input;

/**
 * Follows the recorded accesses of one flash and tells, for a read, whether the guest would have
 * gone on as recorded had it returned another value.
 *
 * <p>The guest is taken for edk2 firmware: its driver of a 32-bit flash of two chips, or that of an
 * 8-bit flash, whichever the width of its commands says. An immutable value.
 */
public final class FlashDriverFollower {
  private final GpaRange flash;
  private final DriverDialect dialect;

  private FlashDriverFollower(GpaRange flash, DriverDialect dialect) {
    this.flash = flash;
    this.dialect = dialect;
  }

  /** At power-on, for the flash at these addresses. */
  public static FlashDriverFollower atPowerOn(GpaRange flash) {
    return new FlashDriverFollower(flash, new NoCommandYet());
  }

  /** After a recorded access; accesses of other addresses change nothing. */
  public FlashDriverFollower after(GuestAccessCompleted recorded) {
    Long value = recorded.value();
    if (!recorded.access().writes() || value == null || !flash.contains(recorded.gpa())) {
      return this;
    }
    return new FlashDriverFollower(flash, dialect.afterWrite(value, recorded.width()));
  }

  /**
   * Judges a recorded read of the flash, before {@link #after} has seen it.
   *
   * @param recorded as it was
   * @param other what it would have returned; null where not known
   */
  public Verdict judge(GuestAccessCompleted recorded, @Nullable Long other) {
    Long seen = recorded.value();
    if (seen == null || other == null) {
      return new Verdict.NotKnown(
          seen == null ? "what the recorded read returned" : "what the read would return",
          FollowRule.UNKNOWN.cite());
    }
    if (seen.equals(other)) {
      return new Verdict.GoesOn(FollowRule.SAME.cite(Input.of("value", Hex.of(other))));
    }
    Gpa gpa = recorded.gpa();
    if (!flash.contains(gpa)) {
      return new Verdict.Leaves("the data is not of the flash", FollowRule.DATA.cite());
    }
    long offset = gpa.value() - flash.start().value();
    return dialect.judge(new DifferentRead(gpa, offset, recorded.width(), seen, other));
  }

  /**
   * A read with two different answers.
   *
   * @param offset from the begin of the flash
   */
  record DifferentRead(Gpa gpa, long offset, int width, long recorded, long other) {
    Citation cite(FollowRule rule) {
      return rule.cite(Input.of("recorded", Hex.of(recorded)), Input.of("other", Hex.of(other)));
    }

    Verdict goesOn(FollowRule rule) {
      return new Verdict.GoesOn(cite(rule));
    }

    Verdict leaves(FollowRule rule, String why) {
      return new Verdict.Leaves(why, cite(rule));
    }
  }
}
