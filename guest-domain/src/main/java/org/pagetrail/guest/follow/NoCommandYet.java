package org.pagetrail.guest.follow;

import org.pagetrail.guest.follow.FlashDriverFollower.DifferentRead;

/** Before the first command: which kind of driver it is, is not known. */
record NoCommandYet() implements DriverDialect {
  private static final int REVISION_OFFSET = 0x37;
  private static final int SIGNATURE_OFFSET = 0x28;
  private static final long REVISION = 2;
  private static final long SIGNATURE = 0x4856465f;

  @Override
  public DriverDialect afterWrite(long value, int width) {
    return (width == 1 ? new ByteWideDriver(ByteWideDriver.Phase.ARRAY) : TwoChipDriver.IDLE)
        .afterWrite(value, width);
  }

  @Override
  public Verdict judge(DifferentRead read) {
    if (read.offset() == REVISION_OFFSET && read.width() == 1) {
      return judgeField(read, REVISION);
    }
    if (read.offset() == SIGNATURE_OFFSET && read.width() == 4) {
      return judgeField(read, SIGNATURE);
    }
    return read.leaves(FollowRule.DATA, "other data in the flash");
  }

  /** Both values differ, so at most one of them is the valid one. */
  private static Verdict judgeField(DifferentRead read, long valid) {
    return read.recorded() == valid || read.other() == valid
        ? read.leaves(
            FollowRule.HEADER,
            read.other() == valid ? "finds a valid volume" : "finds no valid volume")
        : read.goesOn(FollowRule.HEADER);
  }
}
