package org.pagetrail.traceimport.join;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Source;
import org.pagetrail.traceimport.capture.Happening;
import org.pagetrail.traceimport.capture.Happenings;

/**
 * The lines of one input in the order of their times. Who prints the events of several processors
 * or threads may be off by a few: a line that is up to {@value #LINES} lines and one second late is
 * put where its time belongs, behind the lines of the same time. A line that is later still keeps
 * its place and is counted, and so do those behind it: a clock that was set back stays so. A line
 * without a time stays behind the one before it.
 */
public final class TimeOrder implements Happenings {
  /** How many lines are read ahead; a power of two. */
  static final int LINES = 1 << 10;

  static final long NANOS = 1_000_000_000;

  /**
   * The lines that kept their place though their times run back.
   *
   * @param first the first of them
   * @param nanos by how much the first of them runs back
   */
  public record Late(long count, Source first, long nanos) {
    private Late plusOne() {
      return new Late(count + 1, first, nanos);
    }
  }

  private final Happenings input;
  private @Nullable Happening[] lines = new Happening[1 << 4];
  private long[] times = new long[lines.length];
  private int head;
  private int size;
  private boolean ended;

  /** How many of the last lines may be passed by one that is late. */
  private int passable;

  private long given = Long.MIN_VALUE;
  private long latest = Long.MIN_VALUE;
  private @Nullable Late late;

  /** Orders what an input tells. */
  public TimeOrder(Happenings input) {
    this.input = input;
  }

  /** The lines that are not in the order of time; null if all are. */
  public @Nullable Late late() {
    return late;
  }

  @Override
  public @Nullable Happening next() {
    while (!ended && size < LINES) {
      Happening line = input.next();
      if (line == null) {
        ended = true;
      } else {
        add(line);
      }
    }
    if (size == 0) {
      return null;
    }
    int at = head;
    Happening first = Objects.requireNonNull(lines[at]);
    lines[at] = null;
    if (passable == size) {
      passable--;
      given = times[at];
    }
    head = (head + 1) & (lines.length - 1);
    size--;
    return first;
  }

  private void add(Happening line) {
    Long stated = line.timeNanos();
    long time = stated == null ? latest : stated;
    if (size == lines.length) {
      grow();
    }
    int behind = size;
    if (time < latest) {
      if (back(time) <= NANOS && time >= given) {
        behind = place(time);
      } else {
        late = late == null ? new Late(1, line.source(), back(time)) : late.plusOne();
        passable = 0;
        given = Long.MIN_VALUE;
        latest = time;
      }
    } else {
      latest = time;
    }
    for (int i = size; i > behind; i--) {
      lines[at(i)] = lines[at(i - 1)];
      times[at(i)] = times[at(i - 1)];
    }
    lines[at(behind)] = line;
    times[at(behind)] = time;
    size++;
    passable++;
  }

  /** Behind which of the kept lines a late one belongs. */
  private int place(long time) {
    int place = size;
    while (place > size - passable && times[at(place - 1)] > time) {
      place--;
    }
    return place;
  }

  /** How far a time is behind the latest. */
  private long back(long time) {
    long back = latest - time;
    return back < 0 ? Long.MAX_VALUE : back;
  }

  private int at(int place) {
    return (head + place) & (lines.length - 1);
  }

  private void grow() {
    @Nullable Happening[] largerLines = new Happening[2 * lines.length];
    long[] largerTimes = Arrays.copyOf(times, 2 * lines.length);
    for (int i = 0; i < size; i++) {
      largerLines[i] = lines[at(i)];
      largerTimes[i] = times[at(i)];
    }
    lines = largerLines;
    times = largerTimes;
    head = 0;
  }
}
