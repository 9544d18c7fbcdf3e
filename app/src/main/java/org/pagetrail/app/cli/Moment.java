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
    try {
      if (text.endsWith("s")) {
        BigDecimal seconds = new BigDecimal(text.substring(0, text.length() - 1));
        OptionalLong seq = atNanos.apply(seconds.movePointRight(NANOS_DIGITS).longValueExact());
        return seq.orElseThrow(() ->
            new Trouble("the trail has nothing at " + text, "it begins later, or has no clock"));
      }
      long seq = Long.parseLong(text);
      if (seq < 0 || seq >= size) {
        throw new Trouble("the trail has no event " + seq, "its events are 0 to " + (size - 1));
      }
      return seq;
    } catch (NumberFormatException | ArithmeticException e) {
      throw new Trouble(
          "--at " + text + " is no moment", "give an event number, or seconds such as 30.5s");
    }
  }
}
