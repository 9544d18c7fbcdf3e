package org.pagetrail.traceimport.tracedat;

import java.math.BigInteger;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a count of cycles becomes nanoseconds: times a factor, shifted to the right, plus an offset.
 *
 * @param factor 0 where the file does not say it
 */
record ClockScale(long factor, int shift, long offsetNanos) {
  /** A file that does not say it. */
  static final ClockScale NONE = new ClockScale(0, 0, 0);

  private static final String CYCLES = "tsc2nsec";

  /** Clocks of the kernel that count nanoseconds. */
  private static final Set<String> NANOSECONDS =
      Set.of("local", "global", "perf", "mono", "mono_raw", "boot", "tai", "ppc-tb-nsec");

  /** A time stamp as nanoseconds; null if the clock counts something else. */
  @Nullable Long nanos(String clock, long stamp) {
    if (NANOSECONDS.contains(clock)) {
      return stamp < 0 ? null : Long.valueOf(stamp);
    }
    if (factor == 0 || !(clock.equals("x86-tsc") || clock.equals(CYCLES))) {
      return null;
    }
    BigInteger nanos =
        BigInteger.valueOf(stamp)
            .multiply(BigInteger.valueOf(factor))
            .shiftRight(shift)
            .add(BigInteger.valueOf(offsetNanos));
    return nanos.signum() < 0 || nanos.bitLength() >= Long.SIZE ? null : nanos.longValue();
  }

  /** The clock of the file {@code trace_clock}, which has the one in use in brackets. */
  static String inUse(String clocks) {
    int open = clocks.indexOf('[');
    int close = clocks.indexOf(']', Math.max(0, open));
    return open < 0 || close < 0 ? clocks.strip() : clocks.substring(open + 1, close);
  }
}
