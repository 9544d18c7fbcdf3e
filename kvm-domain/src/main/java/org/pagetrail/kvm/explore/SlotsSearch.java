package org.pagetrail.kvm.explore;

import java.util.Arrays;

/**
 * Searches machines of several parts of one kind that leave each other alone, such as slots, given
 * what one of them does: each state is the states of the parts, packed into one word; sorted if it
 * does not matter which part has which. {@link Explorer#slots} says when slots are such parts.
 */
public final class SlotsSearch {
  private static final long FREE = -1;

  /** For each state of the pair in one slot and each operation the next, or negative. */
  private final int[] next;

  private final int operations;
  private final int slots;
  private final boolean symmetric;
  private final int bits;
  private final long mask;
  private final int[] parts;
  private final int[] changed;
  private long[] order = new long[1 << 12];
  private long[] table = new long[1 << 13];
  private int size;
  private long transitions;

  /**
   * A search.
   *
   * @param next for each state of a part and each operation the next state, or negative where the
   *     operation cannot happen
   * @param slots how many parts, 1 to 8
   * @param symmetric whether states in which parts are exchanged are one
   * @throws IllegalArgumentException if the states of all parts do not fit into a word
   */
  public SlotsSearch(int[] next, int operations, int slots, boolean symmetric) {
    this.symmetric = symmetric;
    this.next = next.clone();
    this.operations = operations;
    this.slots = slots;
    this.bits = Long.SIZE / slots - (slots == 1 ? 1 : 0);
    this.mask = (1L << bits) - 1;
    this.parts = new int[slots];
    this.changed = new int[slots];
    if (next.length / operations > 1L << Math.min(31, bits - 1)) {
      throw new IllegalArgumentException(
          next.length / operations + " states of a slot are too many for " + slots + " slots");
    }
    Arrays.fill(table, FREE);
  }

  /**
   * Searches from the state in which every part is in the same one, until nothing is new.
   *
   * @param statesMax how many states may be held
   */
  public Slots search(int start, int statesMax) {
    Arrays.fill(parts, start);
    add(packed(parts));
    int at = 0;
    while (at < size && size <= statesMax) {
      expand(order[at]);
      at++;
    }
    return new Slots(slots, size, transitions, at == size);
  }

  private void expand(long state) {
    for (int slot = 0; slot < slots; slot++) {
      parts[slot] = (int) ((state >>> (slot * bits)) & mask);
    }
    for (int slot = 0; slot < slots; slot++) {
      if (symmetric && slot > 0 && parts[slot] == parts[slot - 1]) {
        continue;
      }
      int row = parts[slot] * operations;
      for (int operation = 0; operation < operations; operation++) {
        int to = next[row + operation];
        if (to >= 0) {
          transitions++;
          add(to == parts[slot] ? state : symmetric ? replaced(slot, to) : put(state, slot, to));
        }
      }
    }
  }

  private long put(long state, int slot, int to) {
    int shift = slot * bits;
    return (state & ~(mask << shift)) | ((long) to << shift);
  }

  /** The state in which one slot changed, sorted again. */
  private long replaced(int slot, int to) {
    int at = 0;
    boolean placed = false;
    for (int other = 0; other < slots; other++) {
      if (other == slot) {
        continue;
      }
      if (!placed && to < parts[other]) {
        changed[at++] = to;
        placed = true;
      }
      changed[at++] = parts[other];
    }
    if (!placed) {
      changed[at] = to;
    }
    return packed(changed);
  }

  private long packed(int[] sorted) {
    long state = 0;
    for (int slot = slots - 1; slot >= 0; slot--) {
      state = (state << bits) | sorted[slot];
    }
    return state;
  }

  private void add(long state) {
    int slot = hash(state) & (table.length - 1);
    while (table[slot] != FREE) {
      if (table[slot] == state) {
        return;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    if (size == order.length) {
      grow();
      insert(state);
    } else {
      table[slot] = state;
    }
    order[size] = state;
    size++;
  }

  private void grow() {
    order = Arrays.copyOf(order, Math.multiplyExact(order.length, 2));
    table = new long[Math.multiplyExact(order.length, 2)];
    Arrays.fill(table, FREE);
    for (int i = 0; i < size; i++) {
      insert(order[i]);
    }
  }

  private void insert(long state) {
    int slot = hash(state) & (table.length - 1);
    while (table[slot] != FREE && table[slot] != state) {
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = state;
  }

  private static int hash(long state) {
    long mixed = state * 0x9e3779b97f4a7c15L;
    return (int) (mixed ^ (mixed >>> 32));
  }
}
