package org.pagetrail.app.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.TrailEntry;

/** A {@link Moment} of a trail that is still being made: known when it was reached. */
public final class RunningMoment {
  private final @Nullable String text;
  private final @Nullable Long wanted;
  private final @Nullable Long nanos;
  private long size;
  private long last = -1;
  private long earliest = Long.MAX_VALUE;
  private long latest = Long.MIN_VALUE;
  private boolean clockSeen;
  private boolean passed;

  private RunningMoment(@Nullable String text, @Nullable Long wanted, @Nullable Long nanos) {
    this.text = text;
    this.wanted = wanted;
    this.nanos = nanos;
  }

  /**
   * A moment.
   *
   * @param text an event number or seconds; null for the end
   * @throws Trouble if the text is neither
   */
  public static RunningMoment of(@Nullable String text) {
    if (text == null) {
      return new RunningMoment(null, null, null);
    }
    Moment.Given given = Moment.parse(text);
    return given.isTime()
        ? new RunningMoment(text, null, given.value())
        : new RunningMoment(text, given.value(), null);
  }

  /** Takes the next entry; true if it had happened by then. */
  public boolean includes(TrailEntry entry) {
    size++;
    Long time = entry.timeNanos();
    if (time != null) {
      earliest = Math.min(earliest, time);
      latest = Math.max(latest, time);
    }
    clockSeen |= time != null && !passed;
    passed |= nanos != null && time != null && time > nanos;
    passed |= wanted != null && entry.seq() > wanted;
    last = passed ? last : entry.seq();
    return !passed;
  }

  /**
   * The last event that had happened, when the trail is at its end.
   *
   * @param err is told if the moment lies outside of the trail's times
   * @throws Trouble if the trail does not reach to the moment
   */
  public long seq(PrintWriter err) {
    if (text != null && nanos != null && earliest <= latest) {
      new Moment.Times(earliest, latest).warnOutside(text, nanos, err);
    }
    if (text != null && wanted != null) {
      if (wanted < 0 || wanted >= size) {
        throw new Trouble(
            "the replay has no event " + wanted,
            "events are counted in the replay here, from 0 to "
                + (size - 1)
                + "; a time such as 30.5s is the same in both");
      }
    } else if (text != null && (!clockSeen || last < 0)) {
      throw Moment.nothingAt(text);
    }
    return last;
  }
}
