package org.pagetrail.kvm.explore;

import org.pagetrail.kvm.conform.Player;

/**
 * The values that steps write. No rule reads them: which value stands where matters for what a load
 * finds, and for nothing else. So a state needs only to know which places hold the same one.
 */
final class Values {
  /** Room for the stamps of a run. */
  private static final long SPACE = 0x10000;

  /** What a step writes is told from other steps by this bit, and from each other below. */
  static final int FRESH = 1 << 8;

  /** A load that no place of ours answered. */
  static final int NONE = -1;

  /** What nobody wrote in this run. */
  static final int UNKNOWN = -2;

  static final int ZERO = -3;

  /** A constant, such as what the monitor answers. */
  static final int CONSTANT = -4;

  private Values() {}

  /** True if some step of a run wrote the value. */
  static boolean isWritten(long value) {
    return isIn(value, Player.GUEST_VALUES) || isIn(value, Player.HOST_VALUES);
  }

  private static boolean isIn(long value, long base) {
    return value > base && value < base + SPACE;
  }

  /** How a value that the step of a stamp wrote is named in its outcome; 0 if it is older. */
  static int fresh(long value, int stamp) {
    if (value == Player.HOST_VALUES + stamp) {
      return FRESH;
    }
    long index = value - Player.GUEST_VALUES - 4L * stamp;
    return index > 0 && index < 4 ? FRESH + (int) index : 0;
  }

  /** What a load found, in words. */
  static String word(int loaded) {
    return switch (loaded) {
      case NONE -> "no load";
      case UNKNOWN -> "what was there before";
      case ZERO -> "zeros";
      case CONSTANT -> "a constant";
      default -> "a value of this run";
    };
  }
}
