package org.pagetrail.app.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.LongSummaryStatistics;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.TrailCut;
import org.pagetrail.store.file.FileTrailLog;

/** A moment of a trail as users give it: an event number, or seconds with an {@code s} behind. */
public final class Moment {
  private static final int NANOS_DIGITS = 9;

  private Moment() {}

  /** The earliest and the latest time of a trail in nanoseconds. */
  record Times(long first, long last) {
    private static @Nullable Times of(Trail trail) {
      LongSummaryStatistics times = new LongSummaryStatistics();
      for (TrailEntry entry : trail.entries()) {
        Long nanos = entry.timeNanos();
        if (nanos != null) {
          times.accept(nanos);
        }
      }
      return times.getCount() == 0 ? null : new Times(times.getMin(), times.getMax());
    }

    private static @Nullable Times of(FileTrailLog log) {
      Long first = log.reader().firstNanos();
      Long last = log.reader().lastNanos();
      return first == null || last == null ? null : new Times(first, last);
    }

    void warnOutside(String text, long nanos, PrintWriter err) {
      if (nanos < first || nanos > last) {
        err.println("pagetrail: the trail has nothing at " + text + "; " + this);
        err.flush();
      }
    }

    @Override
    public String toString() {
      return "its times are " + seconds(first) + " to " + seconds(last);
    }

    private static String seconds(long nanos) {
      return BigDecimal.valueOf(nanos, NANOS_DIGITS).toPlainString() + "s";
    }
  }

  /**
   * The seq of the last event that had happened.
   *
   * @param err is told if the moment lies outside of the trail's times
   * @throws Trouble if the text is no moment, or the trail has none such
   */
  public static long seq(String text, Trail trail, PrintWriter err) {
    LongFunction<OptionalLong> atNanos = nanos -> TrailCut.seqAt(trail.entries(), nanos);
    return seq(text, trail.size(), () -> Times.of(trail), atNanos, err);
  }

  /** The same of a trail in a file, which is not read as a whole. */
  public static long seq(String text, FileTrailLog trail, PrintWriter err) {
    return seq(text, trail.size(), () -> Times.of(trail), trail.states()::seqAt, err);
  }

  /** True if a text gives a time and not an event number. */
  public static boolean isTime(String text) {
    return text.endsWith("s");
  }

  private static long seq(
      String text,
      long size,
      Supplier<@Nullable Times> ofTrail,
      LongFunction<OptionalLong> atNanos,
      PrintWriter err) {
    Given given = parse(text);
    if (given.isTime()) {
      Times times = ofTrail.get();
      if (times == null) {
        throw nothingAt(text);
      }
      times.warnOutside(text, given.value(), err);
      return atNanos
          .apply(given.value())
          .orElseThrow(() -> new Trouble("the trail has nothing at " + text, times.toString()));
    }
    if (given.value() < 0 || given.value() >= size) {
      throw new Trouble(
          "the trail has no event " + given.value(), "its events are 0 to " + (size - 1));
    }
    return given.value();
  }

  /**
   * A moment as it is written.
   *
   * @param value an event number, or nanoseconds
   */
  record Given(boolean isTime, long value) {}

  /**
   * Reads a moment.
   *
   * @throws Trouble if the text is none
   */
  static Given parse(String text) {
    try {
      if (isTime(text)) {
        BigDecimal seconds = new BigDecimal(text.substring(0, text.length() - 1));
        return new Given(true, seconds.movePointRight(NANOS_DIGITS).longValueExact());
      }
      return new Given(false, Long.parseLong(text));
    } catch (NumberFormatException | ArithmeticException e) {
      throw new Trouble(
          "--at " + text + " is no moment", "give an event number, or seconds such as 30.5s");
    }
  }

  /** The error of a trail that has nothing at a time. */
  static Trouble nothingAt(String text) {
    return new Trouble("the trail has nothing at " + text, "it begins later, or has no clock");
  }
}
