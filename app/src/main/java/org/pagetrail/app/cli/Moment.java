package org.pagetrail.app.cli;

import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.projections.TrailCut;
import org.pagetrail.store.file.FileTrailLog;

/** A moment of a trail as users give it: an event number, or seconds with an {@code s} behind. */
public final class Moment {
  private static final int NANOS_DIGITS = 9;

  private Moment() {}

  /**
   * The seq of the last event that had happened.
   *
   * @throws Trouble if the text is no moment, or the trail has none such
   */
  public static long seq(String text, Trail trail) {
    return seq(text, trail.size(), nanos -> TrailCut.seqAt(trail.entries(), nanos));
  }

  /** The same of a trail in a file, which is not read as a whole. */
  public static long seq(String text, FileTrailLog trail) {
    return seq(text, trail.size(), trail.states()::seqAt);
  }

  private static long seq(String text, long size, LongFunction<OptionalLong> atNanos) {
    Given given = parse(text);
    if (given.isTime()) {
      return atNanos.apply(given.value()).orElseThrow(() -> nothingAt(text));
    }
    require(given.value(), size);
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
      if (text.endsWith("s")) {
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

  /**
   * Makes sure that a trail has an event.
   *
   * @throws Trouble if it is shorter
   */
  static void require(long seq, long size) {
    if (seq < 0 || seq >= size) {
      throw new Trouble("the trail has no event " + seq, "its events are 0 to " + (size - 1));
    }
  }
}
