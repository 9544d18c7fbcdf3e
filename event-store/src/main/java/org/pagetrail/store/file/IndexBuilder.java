package org.pagetrail.store.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Gathers where the entries of one segment are, to be asked at once or written at its end. */
final class IndexBuilder {
  private static final int EMPTY = -1;
  private static final int RANGE_BYTES = 24;

  private long[] slots = new long[1 << 10];
  private int[] slotIds = filled(1 << 10);
  private long[] keys = new long[1 << 9];
  private int[] lastPosting = filled(1 << 9);
  private int keyCount;

  private int[] ordinals = new int[1 << 10];
  private int[] before = new int[1 << 10];
  private int postings;

  private long[] ranges = new long[64];
  private int rangeCount;

  private static int[] filled(int length) {
    int[] out = new int[length];
    Arrays.fill(out, EMPTY);
    return out;
  }

  /** Notes an entry under a key; entries come in ascending order. */
  void add(long key, int ordinal) {
    int id = id(key);
    int last = lastPosting[id];
    if (last != EMPTY && ordinals[last] == ordinal) {
      return;
    }
    if (postings == ordinals.length) {
      ordinals = Arrays.copyOf(ordinals, postings * 2);
      before = Arrays.copyOf(before, postings * 2);
    }
    ordinals[postings] = ordinal;
    before[postings] = last;
    lastPosting[id] = postings++;
  }

  /** Notes an entry that is about many pages, given by their numbers, the last included. */
  void addRange(KeyKind kind, long first, long last, int ordinal) {
    if (rangeCount * 3 + 3 > ranges.length) {
      ranges = Arrays.copyOf(ranges, ranges.length * 2);
    }
    int at = rangeCount++ * 3;
    ranges[at] = kind.key(first);
    ranges[at + 1] = kind.key(last);
    ranges[at + 2] = ordinal;
  }

  private int id(long key) {
    int slot = find(key);
    if (slotIds[slot] != EMPTY) {
      return slotIds[slot];
    }
    if (keyCount == keys.length) {
      keys = Arrays.copyOf(keys, keyCount * 2);
      lastPosting = Arrays.copyOf(lastPosting, keyCount * 2);
      Arrays.fill(lastPosting, keyCount, keyCount * 2, EMPTY);
    }
    keys[keyCount] = key;
    slots[slot] = key;
    slotIds[slot] = keyCount++;
    if (keyCount * 2 > slots.length) {
      grow();
    }
    return keyCount - 1;
  }

  private int find(long key) {
    int mask = slots.length - 1;
    int slot = (int) ((key * 0x9e3779b97f4a7c15L) >>> 40) & mask;
    while (slotIds[slot] != EMPTY && slots[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    slots = new long[slots.length * 2];
    slotIds = filled(slots.length);
    for (int id = 0; id < keyCount; id++) {
      int slot = find(keys[id]);
      slots[slot] = keys[id];
      slotIds[slot] = id;
    }
  }

  /** The entries noted under a key, ascending. */
  int[] ordinals(long key) {
    int id = slotIds[find(key)];
    if (id == EMPTY) {
      return new int[0];
    }
    int count = 0;
    for (int at = lastPosting[id]; at != EMPTY; at = before[at]) {
      count++;
    }
    int[] out = new int[count];
    for (int at = lastPosting[id]; at != EMPTY; at = before[at]) {
      out[--count] = ordinals[at];
    }
    return out;
  }

  /**
   * The content of an index block: how many keys, postings and ranges, 32 bits each and 32 of zero;
   * the keys, ascending; where the postings of each begin and where the last end; the postings; the
   * ranges as first key, last key and entry.
   */
  byte[] toBytes() {
    int[] order = order();
    ByteBuffer out =
        ByteBuffer.allocate(
                Math.addExact(
                    16 + keyCount * (Long.BYTES + Integer.BYTES) + Integer.BYTES,
                    Math.addExact(postings * Integer.BYTES, rangeCount * RANGE_BYTES)))
            .order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(keyCount).putInt(postings).putInt(rangeCount).putInt(0);
    for (int id : order) {
      out.putLong(keys[id]);
    }
    int start = 0;
    int startsAt = out.position();
    int at = startsAt + (keyCount + 1) * Integer.BYTES;
    for (int id : order) {
      out.putInt(start);
      for (int ordinal : ordinals(keys[id])) {
        out.putInt(at, ordinal);
        at += Integer.BYTES;
        start++;
      }
    }
    out.putInt(start).position(at);
    for (int i = 0; i < rangeCount * 3; i++) {
      out.putLong(ranges[i]);
    }
    return out.array();
  }

  /** The key ids by ascending key. */
  private int[] order() {
    long[] sorted = Arrays.copyOf(keys, keyCount);
    Arrays.sort(sorted);
    int[] order = new int[keyCount];
    for (int i = 0; i < keyCount; i++) {
      order[i] = slotIds[find(sorted[i])];
    }
    return order;
  }

  /** The entries noted under keys from one to another, the last included, in any order. */
  int[] ordinalsBetween(long firstKey, long lastKey) {
    int[] found = new int[16];
    int count = 0;
    for (int id = 0; id < keyCount; id++) {
      if (keys[id] >= firstKey && keys[id] <= lastKey) {
        int[] more = ordinals(keys[id]);
        if (count + more.length > found.length) {
          found = Arrays.copyOf(found, (count + more.length) * 2);
        }
        System.arraycopy(more, 0, found, count, more.length);
        count += more.length;
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** The entries about one of some pages by a range, ascending. */
  int[] rangesOver(long firstKey, long lastKey) {
    int[] found = new int[rangeCount];
    int count = 0;
    for (int i = 0; i < rangeCount * 3; i += 3) {
      if (ranges[i] <= lastKey && firstKey <= ranges[i + 1]) {
        found[count++] = (int) ranges[i + 2];
      }
    }
    return Arrays.copyOf(found, count);
  }
}
