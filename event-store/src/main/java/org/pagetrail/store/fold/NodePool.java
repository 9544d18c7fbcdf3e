package org.pagetrail.store.fold;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Nodes of a {@link RunTable} outside the heap, in slabs that are added as they are needed.
 *
 * <p>A node is a word of its entry count, a word of its owner, and columns of {@link #ENTRIES}
 * words: the keys, then the values or, in an inner node, the children.
 */
final class NodePool {
  /** How many entries a node has room for. */
  static final int ENTRIES = 64;

  private static final int HEAD_BYTES = 16;
  private static final int COLUMN_BYTES = ENTRIES * Long.BYTES;
  private static final int SLAB_SHIFT = 6;
  private static final int SLAB_MASK = (1 << SLAB_SHIFT) - 1;
  private static final int NONE = -1;

  private final Memory memory;
  private final int columns;
  private final long nodeBytes;
  private MemorySegment[] slabs = new MemorySegment[4];
  private int used;
  private int free = NONE;

  /** Nodes of {@code columns} columns. */
  NodePool(Memory memory, int columns) {
    this.memory = memory;
    this.columns = columns;
    this.nodeBytes = HEAD_BYTES + (long) columns * COLUMN_BYTES;
  }

  Memory memory() {
    return memory;
  }

  private long at(int node) {
    return (node & SLAB_MASK) * nodeBytes;
  }

  /** An empty node. */
  int make(int owner) {
    int node = free;
    if (node == NONE) {
      node = used++;
      int slab = node >>> SLAB_SHIFT;
      if (slab == slabs.length) {
        slabs = Arrays.copyOf(slabs, slab * 2);
      }
      if ((node & SLAB_MASK) == 0) {
        slabs[slab] = memory.arena().allocate(nodeBytes << SLAB_SHIFT, Long.BYTES);
      }
    } else {
      free = count(node);
    }
    setCount(node, 0);
    slabs[node >>> SLAB_SHIFT].set(ValueLayout.JAVA_LONG, at(node) + Long.BYTES, owner);
    return node;
  }

  /** Gives a node back. */
  void free(int node) {
    setCount(node, free);
    free = node;
  }

  /** A copy of a node for another owner. */
  int copy(int node, int owner) {
    int copy = make(owner);
    int count = count(node);
    for (int column = 0; column < columns; column++) {
      copy(node, column, 0, copy, 0, count);
    }
    setCount(copy, count);
    return copy;
  }

  long owner(int node) {
    return slabs[node >>> SLAB_SHIFT].get(ValueLayout.JAVA_LONG, at(node) + Long.BYTES);
  }

  int count(int node) {
    return (int) slabs[node >>> SLAB_SHIFT].get(ValueLayout.JAVA_LONG, at(node));
  }

  void setCount(int node, int count) {
    slabs[node >>> SLAB_SHIFT].set(ValueLayout.JAVA_LONG, at(node), count);
  }

  long get(int node, int column, int entry) {
    return slabs[node >>> SLAB_SHIFT].get(ValueLayout.JAVA_LONG, place(node, column, entry));
  }

  void set(int node, int column, int entry, long value) {
    slabs[node >>> SLAB_SHIFT].set(ValueLayout.JAVA_LONG, place(node, column, entry), value);
  }

  private long place(int node, int column, int entry) {
    return at(node) + HEAD_BYTES + (long) column * COLUMN_BYTES + (long) entry * Long.BYTES;
  }

  /** Moves entries of a column, within a node or to another. */
  private void copy(int from, int column, int fromEntry, int to, int toEntry, int count) {
    MemorySegment.copy(
        slabs[from >>> SLAB_SHIFT],
        place(from, column, fromEntry),
        slabs[to >>> SLAB_SHIFT],
        place(to, column, toEntry),
        (long) count * Long.BYTES);
  }

  /** Moves the entries from one on to another place in the node, and changes the count by it. */
  void shift(int node, int from, int to) {
    int count = count(node);
    if (from < count) {
      for (int column = 0; column < columns; column++) {
        copy(node, column, from, node, to, count - from);
      }
    }
    setCount(node, count + to - from);
  }

  /** Moves the entries from one on to an empty node. */
  void moveTail(int node, int from, int empty) {
    int count = count(node);
    for (int column = 0; column < columns; column++) {
      copy(node, column, from, empty, 0, count - from);
    }
    setCount(empty, count - from);
    setCount(node, from);
  }

  /** The last entry whose key is not above {@code key}; the first key is not above it. */
  int floor(int node, long key) {
    int high = count(node) - 1;
    long ahead = key - get(node, 0, 0);
    if (ahead < high) {
      high = (int) ahead;
      if (get(node, 0, high) == key) {
        return high;
      }
    } else if (get(node, 0, high) <= key) {
      return high;
    }
    int low = 0;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (get(node, 0, middle) <= key) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
