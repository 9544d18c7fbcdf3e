package org.pagetrail.kvm.explore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of a state come from, seen from the state before the step: an index into that
 * state's values, or {@link Values#FRESH} and what the step wrote.
 */
final class Registers {
  private Registers() {}

  /** The sources of the values of a state, packed: a short each, in their order. */
  static String sources(List<Long> before, List<Long> after, int stamp) {
    StringBuilder packed = new StringBuilder(after.size());
    for (long value : after) {
      packed.append((char) source(before, value, stamp));
    }
    return packed.toString();
  }

  /** How the outcome of a step names the value that a load found. */
  static int outcome(List<Long> before, boolean loads, @Nullable Long value, int stamp) {
    if (!loads) {
      return Values.NONE;
    }
    if (value == null) {
      return Values.UNKNOWN;
    }
    if (value == 0) {
      return Values.ZERO;
    }
    return Values.isWritten(value) ? source(before, value, stamp) : Values.CONSTANT;
  }

  private static int source(List<Long> before, long value, int stamp) {
    int fresh = Values.fresh(value, stamp);
    int index = fresh != 0 ? fresh : before.indexOf(value);
    if (index < 0) {
      throw new IllegalStateException(
          "value " + Long.toHexString(value) + " appeared from nowhere in a step");
    }
    return index;
  }
}
