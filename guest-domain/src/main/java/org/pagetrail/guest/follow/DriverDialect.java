package org.pagetrail.guest.follow;

import org.pagetrail.guest.follow.FlashDriverFollower.DifferentRead;

/** Where a driver of flash is in the commands of its kind. */
sealed interface DriverDialect permits NoCommandYet, TwoChipDriver, ByteWideDriver {
  /** After a write to the flash. */
  DriverDialect afterWrite(long value, int width);

  /** What the driver makes of another answer. */
  Verdict judge(DifferentRead read);
}
