package org.pagetrail.guest.follow;

import org.pagetrail.guest.follow.FlashDriverFollower.DifferentRead;

/** The driver of an 8-bit flash, which probes once and then trusts the flash. */
record ByteWideDriver(Phase phase) implements DriverDialect {
  enum Phase {
    ARRAY,
    STATUS_CLEARED,
    STATUS,
    PROGRAM,
    ERASE_CONFIRM
  }

  private static final int CLEAR_STATUS = 0x50;
  private static final int READ_STATUS = 0x70;

  @Override
  public ByteWideDriver afterWrite(long value, int width) {
    return new ByteWideDriver(
        switch (phase) {
          case PROGRAM, ERASE_CONFIRM -> Phase.STATUS;
          case ARRAY, STATUS_CLEARED, STATUS ->
              switch ((int) (value & 0xff)) {
                case 0x10, 0x40 -> Phase.PROGRAM;
                case 0x20 -> Phase.ERASE_CONFIRM;
                case CLEAR_STATUS -> Phase.STATUS_CLEARED;
                case READ_STATUS -> Phase.STATUS;
                default -> Phase.ARRAY;
              };
        });
  }

  @Override
  public Verdict judge(DifferentRead read) {
    return switch (phase) {
      case STATUS_CLEARED ->
          judgeProbe(read, read.recorded() == CLEAR_STATUS, read.other() == CLEAR_STATUS);
      case STATUS -> judgeProbe(read, read.recorded() == 0, read.other() == 0);
      case ARRAY, PROGRAM, ERASE_CONFIRM -> read.leaves(FollowRule.DATA, "other data in the flash");
    };
  }

  private static Verdict judgeProbe(DifferentRead read, boolean was, boolean is) {
    return was == is
        ? read.goesOn(FollowRule.PROBE)
        : read.leaves(FollowRule.PROBE, "takes the device for something else");
  }
}
