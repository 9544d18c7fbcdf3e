package org.pagetrail.store.fold;

import java.lang.foreign.Arena;

/** The memory of a state and of its forks, given back when the last of them is closed. */
final class Memory {
  private final Arena arena;
  private int users = 1;
  private int owners;

  private Memory(Arena arena) {
    this.arena = arena;
  }

  /** Memory that any thread may use, one at a time. */
  @SuppressWarnings("MustBeClosedChecker") // closed by the last release
  static Memory lasting() {
    return new Memory(Arena.ofShared());
  }

  /** Memory for the thread that asks. */
  @SuppressWarnings("MustBeClosedChecker") // closed by the last release
  static Memory brief() {
    return new Memory(Arena.ofConfined());
  }

  Arena arena() {
    return arena;
  }

  /** A number that no table in this memory has. */
  int nextOwner() {
    return ++owners;
  }

  void use() {
    users++;
  }

  void release() {
    if (--users == 0) {
      arena.close();
    }
  }
}
