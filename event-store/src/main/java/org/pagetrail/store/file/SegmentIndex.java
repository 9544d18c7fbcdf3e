package org.pagetrail.store.file;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.pagetrail.store.packed.DamagedBlock;

/** The index of a sealed segment, read where it stands. */
final class SegmentIndex {
  private static final int HEAD_BYTES = 16;
  private static final int RANGE_BYTES = 24;

  private final MemorySegment bytes;
  private final int keys;
  private final int ranges;
  private final long startsAt;
  private final long postingsAt;
  private final long rangesAt;

  /**
   * The index in part A of an index block.
   *
   * @throws DamagedBlock if the sizes do not fit
   */
  SegmentIndex(MemorySegment bytes) {
    this.bytes = bytes;
    if (bytes.byteSize() < HEAD_BYTES) {
      throw new DamagedBlock("the index is cut short");
    }
    keys = bytes.get(BlockHead.INT, 0);
    int postings = bytes.get(BlockHead.INT, 4);
    ranges = bytes.get(BlockHead.INT, 8);
    startsAt = HEAD_BYTES + (long) keys * Long.BYTES;
    postingsAt = startsAt + (keys + 1L) * Integer.BYTES;
    rangesAt = postingsAt + (long) postings * Integer.BYTES;
    if (keys < 0
        || postings < 0
        || ranges < 0
        || rangesAt + (long) ranges * RANGE_BYTES != bytes.byteSize()) {
      throw new DamagedBlock("the index has another size than it says");
    }
  }

  private int find(long key) {
    int low = 0;
    int high = keys - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long there = bytes.get(BlockHead.LONG, HEAD_BYTES + (long) middle * Long.BYTES);
      if (there == key) {
        return middle;
      }
      if (there < key) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** The entries of the segment under a key, ascending, counted from its first. */
  int[] ordinals(long key) {
    int at = find(key);
    if (at < 0) {
      return new int[0];
    }
    return postings(at, at + 1);
  }

  /** The postings of the keys from one to before another. */
  private int[] postings(int first, int after) {
    int begin = bytes.get(BlockHead.INT, startsAt + (long) first * Integer.BYTES);
    int end = bytes.get(BlockHead.INT, startsAt + (long) after * Integer.BYTES);
    if (begin < 0 || begin > end || postingsAt + (long) end * Integer.BYTES > rangesAt) {
      throw new DamagedBlock("the index points outside of itself");
    }
    int[] out = new int[end - begin];
    MemorySegment.copy(
        bytes, BlockHead.INT, postingsAt + (long) begin * Integer.BYTES, out, 0, out.length);
    return out;
  }

  /** The entries under keys from one to another, the last included, in any order. */
  int[] ordinalsBetween(long firstKey, long lastKey) {
    int first = firstFrom(firstKey);
    int end = first;
    while (end < keys && key(end) <= lastKey) {
      end++;
    }
    return postings(first, end);
  }

  /** The first key that is not below {@code key}. */
  private int firstFrom(long key) {
    int low = 0;
    int high = keys;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (key(middle) < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private long key(int at) {
    return bytes.get(BlockHead.LONG, HEAD_BYTES + (long) at * Long.BYTES);
  }

  /** The entries that are about one of some pages by a range, ascending. */
  int[] rangesOver(long firstKey, long lastKey) {
    int[] found = new int[16];
    int count = 0;
    for (int i = 0; i < ranges; i++) {
      long at = rangesAt + (long) i * RANGE_BYTES;
      if (bytes.get(BlockHead.LONG, at) <= lastKey
          && firstKey <= bytes.get(BlockHead.LONG, at + 8)) {
        if (count == found.length) {
          found = Arrays.copyOf(found, count * 2);
        }
        found[count++] = (int) bytes.get(BlockHead.LONG, at + 16);
      }
    }
    return Arrays.copyOf(found, count);
  }
}
