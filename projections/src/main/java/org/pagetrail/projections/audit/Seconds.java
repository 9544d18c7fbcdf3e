package org.pagetrail.projections.audit;

/** A time on the trail's clock as kernel logs print it. */
final class Seconds {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long NANOS_PER_MICRO = 1_000;

  private Seconds() {}

  /** Seconds with six digits after the point, rounded down: {@code 29.985880}. */
  static String text(long nanos) {
    long micros = Math.floorMod(nanos, NANOS_PER_SECOND) / NANOS_PER_MICRO;
    String digits = Long.toString(micros);
    return Math.floorDiv(nanos, NANOS_PER_SECOND) + "." + "0".repeat(6 - digits.length()) + digits;
  }
}
