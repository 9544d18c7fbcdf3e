package org.pagetrail.traceimport.join;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Source;
import org.pagetrail.traceimport.capture.ClockSample;

/**
 * How the realtime clock of QEMU's log becomes the monotonic clock of the kernel's trace.
 *
 * @param offsetNanos realtime minus monotonic
 * @param errorNanos how far that may be off, either way
 * @param samples how many samples or pairs it rests on
 * @param source the sample it rests on; null if it was found from lines that both logs have
 */
public record ClockJoin(long offsetNanos, long errorNanos, int samples, @Nullable Source source) {
  /** Both logs print microseconds, one cut off, one rounded. */
  private static final long PRINTED_NANOS = 1_000;

  /** Both logs are one input. */
  public static final ClockJoin SAME_CLOCK = new ClockJoin(0, 0, 0, null);

  /** The join that the user knows, or that follows from what the clocks are. */
  public static ClockJoin given(long offsetNanos) {
    return new ClockJoin(offsetNanos, PRINTED_NANOS, 0, null);
  }

  /**
   * The join that samples support: the offset of the sharpest one, and an error that reaches every
   * other sample, so that a clock that was slewed between two samples is inside.
   */
  public static @Nullable ClockJoin of(List<ClockSample> samples) {
    ClockSample best =
        samples.stream().min(Comparator.comparingLong(ClockSample::uncertaintyNanos)).orElse(null);
    if (best == null) {
      return null;
    }
    long drift = 0;
    for (ClockSample sample : samples) {
      long apart = Math.absExact(Math.subtractExact(sample.offsetNanos(), best.offsetNanos()));
      drift = Math.max(drift, apart - sample.uncertaintyNanos());
    }
    long error = Math.addExact(Math.addExact(best.uncertaintyNanos(), drift), PRINTED_NANOS);
    return new ClockJoin(best.offsetNanos(), error, samples.size(), best.source());
  }

  /**
   * Bounds on the offset from events that both logs have.
   *
   * @param low the offset is not smaller
   * @param high nor larger
   * @param pairs how many pairs of lines say so
   */
  record Window(long low, long high, int pairs) {
    static final Window OPEN = new Window(Long.MIN_VALUE, Long.MAX_VALUE, 0);

    /** QEMU's line came after {@code kernelNanos}. */
    Window after(long qemuNanos, long kernelNanos) {
      return new Window(low, Math.min(high, qemuNanos - kernelNanos), pairs + 1);
    }

    /** QEMU's line came before {@code kernelNanos}. */
    Window before(long qemuNanos, long kernelNanos) {
      return new Window(Math.max(low, qemuNanos - kernelNanos), high, pairs + 1);
    }

    boolean isBounded() {
      return low != Long.MIN_VALUE && high != Long.MAX_VALUE;
    }

    /** The middle of the window, for a capture without clock samples. */
    @Nullable ClockJoin join() {
      if (!isBounded()) {
        return null;
      }
      long half = Math.abs(high / 2 - low / 2);
      return new ClockJoin(Math.min(low, high) + half, half + PRINTED_NANOS, pairs, null);
    }

    /** How far an offset lies outside, beyond its error; 0 if the two agree. */
    long contradicts(ClockJoin join) {
      long below = low == Long.MIN_VALUE ? 0 : low - join.offsetNanos();
      long above = high == Long.MAX_VALUE ? 0 : join.offsetNanos() - high;
      return Math.max(0, Math.max(below, above) - join.errorNanos());
    }
  }
}
