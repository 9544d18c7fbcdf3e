package org.pagetrail.kvm.explore;

import java.util.Arrays;

/**
 * The pairs of states reached so far, in the order in which they were: an open hash table over
 * packed rows, and for each pair the one that led to it.
 */
final class Pairs {
  private static final int FREE = -1;

  private int size;
  private int[] lefts = new int[1 << 12];
  private int[] rights = new int[1 << 12];
  private int[] relations = new int[1 << 12];
  private int[] parents = new int[1 << 12];
  private byte[] steps = new byte[1 << 12];
  private int[] table = new int[1 << 13];

  Pairs() {
    Arrays.fill(table, FREE);
  }

  int size() {
    return size;
  }

  int left(int pair) {
    return lefts[pair];
  }

  int right(int pair) {
    return rights[pair];
  }

  int relation(int pair) {
    return relations[pair];
  }

  /** The pair before the last step; negative for a start: -1 for the first, -2 for the second. */
  int parent(int pair) {
    return parents[pair];
  }

  /** The number of the last step. */
  int operation(int pair) {
    return steps[pair];
  }

  /** Takes a pair in unless it is there; its number. */
  int add(int left, int right, int relation, int parent, int operation) {
    int slot = hash(left, right, relation) & (table.length - 1);
    while (table[slot] != FREE) {
      int there = table[slot];
      if (lefts[there] == left && rights[there] == right && relations[there] == relation) {
        return there;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    if (size == lefts.length) {
      grow();
      return add(left, right, relation, parent, operation);
    }
    table[slot] = size;
    lefts[size] = left;
    rights[size] = right;
    relations[size] = relation;
    parents[size] = parent;
    steps[size] = (byte) operation;
    size++;
    return size - 1;
  }

  private void grow() {
    int length = Math.multiplyExact(lefts.length, 2);
    lefts = Arrays.copyOf(lefts, length);
    rights = Arrays.copyOf(rights, length);
    relations = Arrays.copyOf(relations, length);
    parents = Arrays.copyOf(parents, length);
    steps = Arrays.copyOf(steps, length);
    table = new int[Math.multiplyExact(length, 2)];
    Arrays.fill(table, FREE);
    for (int pair = 0; pair < size; pair++) {
      int slot = hash(lefts[pair], rights[pair], relations[pair]) & (table.length - 1);
      while (table[slot] != FREE) {
        slot = (slot + 1) & (table.length - 1);
      }
      table[slot] = pair;
    }
  }

  private static int hash(int left, int right, int relation) {
    long mixed = (left * 0x9e3779b97f4a7c15L) ^ (right * 0xc2b2ae3d27d4eb4fL) ^ relation;
    mixed *= 0xff51afd7ed558ccdL;
    return (int) (mixed >>> 32);
  }
}
