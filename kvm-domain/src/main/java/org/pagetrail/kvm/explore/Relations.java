package org.pagetrail.kvm.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which values of a left state and of a right state are the same: for each value of the left state
 * the index of the right state's that is equal, or {@link #NOWHERE}. Both sides took the same
 * steps, so what one step wrote is the same on both.
 */
final class Relations {
  /** No value of the right state is equal. */
  static final char NOWHERE = '\uffff';

  /** The relation of states without values. */
  static final int EMPTY = 0;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> all = new ArrayList<>();

  Relations() {
    number("");
  }

  /** The relation behind a step. */
  int after(int relation, String leftSources, String rightSources) {
    if (leftSources.isEmpty()) {
      return EMPTY;
    }
    StringBuilder next = new StringBuilder(leftSources.length());
    for (int i = 0; i < leftSources.length(); i++) {
      char right = counterpart(relation, leftSources.charAt(i));
      int index = right == NOWHERE ? -1 : rightSources.indexOf(right);
      next.append(index < 0 ? NOWHERE : (char) index);
    }
    return number(next.toString());
  }

  /** True if two loads found the same. */
  boolean same(int relation, int left, int right) {
    if (left < 0 || right < 0) {
      return left == right;
    }
    return counterpart(relation, (char) left) == right;
  }

  private char counterpart(int relation, char left) {
    return left >= Values.FRESH ? left : all.get(relation).charAt(left);
  }

  private int number(String relation) {
    Integer number = numbers.get(relation);
    if (number == null) {
      number = all.size();
      numbers.put(relation, number);
      all.add(relation);
    }
    return number;
  }
}
