package org.pagetrail.traceimport.tracedat;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.input.SeekableInput;

/**
 * Finds the data of a file of version 7 that was cut. Where the data of each processor are, such a
 * file says behind them, so that the end of the file is missing with it. But trace-cmd writes the
 * data right behind the options that are the last before them, one processor after the other, each
 * at the beginning of a page: packed chunks say how long they are, and of pages that are not packed
 * one that is older than the page before it is the first of another processor.
 */
final class CutData {
  private static final int DATA = 3;
  private static final int COMPRESSED = 1;
  private static final int HEAD_BYTES = 16;

  private final SeekableInput in;
  private final Layout layout;
  private final int pageBytes;
  private final String clock;
  private int cpus;

  CutData(SeekableInput in, Layout layout, int pageBytes, String clock) {
    this.in = in;
    this.layout = layout;
    this.pageBytes = pageBytes;
    this.clock = clock;
  }

  /** Adds what begins at a place, if it is the data of processors. */
  void add(long offset, Compression compression) throws Damaged {
    ByteBuffer head = in.part(offset, HEAD_BYTES);
    if (head == null || head.getShort() != DATA || pageBytes < PageHeader.BYTES_MIN) {
      return;
    }
    boolean packed = (head.getShort() & COMPRESSED) != 0 && compression != Compression.NONE;
    if (packed) {
      addChunks(offset + HEAD_BYTES, compression);
    } else {
      addPages(aligned(offset + HEAD_BYTES));
    }
  }

  private void addChunks(long first, Compression compression) throws Damaged {
    long at = begin(first);
    while (at >= 0 && cpus < Layout.CPUS_MAX) {
      Integer chunks = number(at);
      long end = at + Integer.BYTES;
      for (int i = 0; chunks != null && i < chunks; i++) {
        Integer packed = number(end);
        end = packed == null ? in.size() : end + 2 * Integer.BYTES + packed;
        if (end >= in.size()) {
          break;
        }
      }
      add(at, end, compression);
      at = begin(end);
    }
  }

  /** Where the next processor's count of chunks is, there or at the next page; -1 if nowhere. */
  private long begin(long at) {
    for (long place : new long[] {at, aligned(at)}) {
      Integer chunks = number(place);
      if (chunks != null && chunks > 0) {
        return place;
      }
    }
    return -1;
  }

  private long aligned(long offset) {
    long last = offset + pageBytes - 1;
    return last - last % pageBytes;
  }

  private void addPages(long first) throws Damaged {
    long begin = first;
    long before = Long.MIN_VALUE;
    for (long at = first; at <= in.size() - pageBytes; at += pageBytes) {
      ByteBuffer page = in.part(at, Long.BYTES);
      long time = page == null ? before : page.getLong() ^ Long.MIN_VALUE;
      if (time < before) {
        add(begin, at, Compression.NONE);
        begin = at;
      }
      before = time;
    }
    add(begin, in.size(), Compression.NONE);
  }

  private void add(long begin, long end, Compression compression) throws Damaged {
    long cut = Math.min(end, in.size());
    if (cut > begin) {
      layout.add(
          new Layout.CpuData(
              cpus++, begin, cut - begin, compression, pageBytes, clock, cut == in.size()));
    }
  }

  /** A number that is not negative, null where the file has none. */
  private @Nullable Integer number(long at) {
    ByteBuffer number = in.part(at, Integer.BYTES);
    int value = number == null ? -1 : number.getInt();
    return value < 0 ? null : Integer.valueOf(value);
  }
}
