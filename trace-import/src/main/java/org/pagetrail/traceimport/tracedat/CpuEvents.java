package org.pagetrail.traceimport.tracedat;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.eventformat.EventData;
import org.pagetrail.traceimport.input.SeekableInput;

/**
 * The events of one processor in their order. A page begins with an absolute time; an event has the
 * difference to the one before. What follows an event's head is told by its lowest five bits: the
 * words of a short event, 0 for a long one, and three values for padding and times.
 */
final class CpuEvents {
  private static final int TYPE_MASK = 0x1f;
  private static final int TYPE_BITS = 5;
  private static final int LONG = 0;
  private static final int PADDING = 29;
  private static final int TIME_EXTEND = 30;
  private static final int TIME_STAMP = 31;
  private static final int DELTA_BITS = 27;

  /** A time stamp has 59 bits; the others are those of the time before. */
  private static final long STAMP_RANGE = 1L << 59;

  private static final long COMMIT_MASK = (1L << 27) - 1;
  private static final long MISSED_EVENTS = 1L << 31;
  private static final long MISSED_COUNTED = 1L << 30;

  private final Layout.CpuData data;
  private final PageHeader header;
  private final Pages pages;
  private ByteBuffer page = ByteBuffer.allocate(0);
  private int at;
  private int end;
  private long time;
  private @Nullable Long missed;
  private @Nullable EventData event;

  CpuEvents(Layout.CpuData data, PageHeader header, Pages pages) {
    this.data = data;
    this.header = header;
    this.pages = pages;
  }

  Layout.CpuData data() {
    return data;
  }

  /** The event that {@link #advance} found. */
  @Nullable EventData event() {
    return event;
  }

  /** Its time, as the clock counts. */
  long time() {
    return time;
  }

  /** Where it is in the file; of compressed data, where its chunk is. */
  long offset() {
    EventData found = event;
    boolean plain = data.compression() == Compression.NONE;
    return pages.offset() + (plain && found != null ? found.start() : 0);
  }

  /** How many events were lost before it, 0 where nobody counted; null if none were. */
  @Nullable Long missed() {
    return missed;
  }

  /** Finds the next event; false after the last. */
  boolean advance() throws Damaged {
    missed = null;
    event = null;
    while (event == null) {
      if (at > end - Integer.BYTES) {
        ByteBuffer next = pages.next();
        if (next == null) {
          return false;
        }
        begin(next);
      } else {
        step();
      }
    }
    return true;
  }

  private void begin(ByteBuffer next) {
    page = next;
    time = next.getLong(0);
    long commit =
        header.commitBytes() == Long.BYTES
            ? next.getLong(header.commitOffset())
            : next.getInt(header.commitOffset());
    at = header.dataOffset();
    end = at + (int) Math.min(commit & COMMIT_MASK, next.limit() - at);
    if ((commit & MISSED_EVENTS) != 0) {
      boolean counted =
          (commit & MISSED_COUNTED) != 0 && end <= next.limit() - header.commitBytes();
      long count =
          !counted ? 0 : header.commitBytes() == Long.BYTES ? next.getLong(end) : next.getInt(end);
      missed = Math.max(0, count);
    }
  }

  /** Takes the head at {@link #at} and what belongs to it. */
  private void step() throws Damaged {
    int head = page.getInt(at);
    int type = head & TYPE_MASK;
    int delta = head >>> TYPE_BITS;
    at += Integer.BYTES;
    switch (type) {
      case PADDING -> {
        time += delta;
        at = delta == 0 ? end : after(word());
      }
      case TIME_EXTEND -> {
        time += ((word() & 0xffffffffL) << DELTA_BITS) + delta;
        at += Integer.BYTES;
      }
      case TIME_STAMP -> {
        time = absolute(((word() & 0xffffffffL) << DELTA_BITS) + delta);
        at += Integer.BYTES;
      }
      case LONG -> {
        int length = word() - Integer.BYTES;
        at += Integer.BYTES;
        found(delta, length);
        at = after((length + Integer.BYTES - 1) & -Integer.BYTES);
      }
      default -> {
        int length = type * Integer.BYTES;
        found(delta, length);
        at = after(length);
      }
    }
  }

  private void found(long delta, int length) throws Damaged {
    if (length < 0 || length > end - at) {
      throw tooLong();
    }
    time += delta;
    event = new EventData(page, at, length);
  }

  private int word() throws Damaged {
    if (at > end - Integer.BYTES) {
      throw tooLong();
    }
    return page.getInt(at);
  }

  private int after(int length) throws Damaged {
    if (length < 0 || length > end) {
      throw tooLong();
    }
    return Math.min(end, at + length);
  }

  /** Of the last page of a file that is cut the events up to the cut are whole. */
  private Damaged tooLong() {
    return new Damaged(
        page.limit() < data.pageBytes() ? SeekableInput.CUT : "event that is longer than its page");
  }

  private long absolute(long stamp) {
    long whole = stamp | (time & -STAMP_RANGE);
    return (time & -STAMP_RANGE) != 0 && Long.compareUnsigned(whole, time) < 0
        ? whole + STAMP_RANGE
        : whole;
  }
}
