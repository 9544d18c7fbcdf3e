package org.pagetrail.guest.follow;

import org.pagetrail.guest.follow.FlashDriverFollower.DifferentRead;

/**
 * The driver of a flash of two 16-bit chips.
 *
 * @param phase what the next write or read is
 * @param operation what the status is of
 * @param wordsLeft data words that still go to the buffer
 */
record TwoChipDriver(Phase phase, Operation operation, long wordsLeft) implements DriverDialect {
  private static final long READY = 0x800080;
  private static final long VOLTAGE_ERROR = 0x080008;
  private static final long ERASE_ERROR = 0x200020;
  private static final long PROGRAM_ERROR = 0x100010;
  private static final long LOCKED_ERROR = 0x020002;

  static final TwoChipDriver IDLE = new TwoChipDriver(Phase.ARRAY, Operation.NONE, 0);

  enum Phase {
    ARRAY,
    IDENTITY,
    STATUS,
    ERASE_CONFIRM,
    LOCK_CONFIRM,
    WORD,
    BUFFER_REQUEST,
    BUFFER_DATA,
    BUFFER_CONFIRM
  }

  enum Operation {
    NONE,
    ERASE,
    PROGRAM,
    UNLOCK
  }

  @Override
  public TwoChipDriver afterWrite(long value, int width) {
    return switch (phase) {
      case ARRAY, IDENTITY, STATUS -> command(value);
      case ERASE_CONFIRM -> waiting(Operation.ERASE);
      case LOCK_CONFIRM -> waiting(Operation.UNLOCK);
      case WORD, BUFFER_CONFIRM -> waiting(Operation.PROGRAM);
      case BUFFER_REQUEST ->
          (value & 0xff) == 0xe8
              ? this
              : new TwoChipDriver(Phase.BUFFER_DATA, operation, (value & 0xffff) + 1);
      case BUFFER_DATA ->
          wordsLeft > 1
              ? new TwoChipDriver(Phase.BUFFER_DATA, operation, wordsLeft - 1)
              : in(Phase.BUFFER_CONFIRM);
    };
  }

  private TwoChipDriver command(long value) {
    return in(
        switch ((int) (value & 0xff)) {
          case 0x20 -> Phase.ERASE_CONFIRM;
          case 0x10, 0x40 -> Phase.WORD;
          case 0x60 -> Phase.LOCK_CONFIRM;
          case 0x70 -> Phase.STATUS;
          case 0x90 -> Phase.IDENTITY;
          case 0xe8 -> Phase.BUFFER_REQUEST;
          default -> Phase.ARRAY;
        });
  }

  private TwoChipDriver in(Phase next) {
    return new TwoChipDriver(next, operation, 0);
  }

  private static TwoChipDriver waiting(Operation of) {
    return new TwoChipDriver(Phase.STATUS, of, 0);
  }

  @Override
  public Verdict judge(DifferentRead read) {
    return switch (phase) {
      case STATUS -> judgeReady(read, FollowRule.STATUS, errorsLookedAt());
      case BUFFER_REQUEST -> judgeReady(read, FollowRule.BUFFER, 0);
      case IDENTITY -> judgeLock(read);
      case ARRAY, ERASE_CONFIRM, LOCK_CONFIRM, WORD, BUFFER_DATA, BUFFER_CONFIRM ->
          read.leaves(FollowRule.DATA, "other data in the flash");
    };
  }

  private long errorsLookedAt() {
    return switch (operation) {
      case ERASE -> VOLTAGE_ERROR | ERASE_ERROR | LOCKED_ERROR;
      case PROGRAM -> VOLTAGE_ERROR | PROGRAM_ERROR | LOCKED_ERROR;
      case NONE, UNLOCK -> 0;
    };
  }

  private static Verdict judgeReady(DifferentRead read, FollowRule rule, long errors) {
    boolean wasReady = (read.recorded() & READY) == READY;
    boolean isReady = (read.other() & READY) == READY;
    if (!isReady) {
      return wasReady
          ? new Verdict.KeepsPolling(read.gpa(), read.other(), READY, READY, read.cite(rule))
          : read.goesOn(rule);
    }
    if (!wasReady) {
      return read.leaves(rule, "is ready earlier than recorded");
    }
    boolean sawSame =
        hasBits(read.recorded(), errors & LOCKED_ERROR)
                == hasBits(read.other(), errors & LOCKED_ERROR)
            && hasBits(read.recorded(), errors & ~LOCKED_ERROR)
                == hasBits(read.other(), errors & ~LOCKED_ERROR);
    return sawSame ? read.goesOn(rule) : read.leaves(rule, "sees other errors");
  }

  private static boolean hasBits(long status, long bits) {
    return (status & bits) != 0;
  }

  private static Verdict judgeLock(DifferentRead read) {
    boolean wasLocked = isLocked(read.recorded());
    boolean isLocked = isLocked(read.other());
    if (wasLocked == isLocked) {
      return read.goesOn(FollowRule.LOCK);
    }
    return read.leaves(
        FollowRule.LOCK, isLocked ? "finds the block locked" : "finds the block unlocked");
  }

  private static boolean isLocked(long state) {
    return (((state >>> 16) | state) & 1) != 0;
  }
}
