package org.pagetrail.kvm.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** Numbers for what can be seen of a step, shared by the kernels that are compared. */
final class Outcomes {
  /**
   * What can be seen of a step, but for the value that a load found.
   *
   * @param word how it ended
   * @param found what was found
   */
  record Outcome(String word, SortedSet<String> found) {
    /** True if the model does not know how it ended. */
    boolean isOpen() {
      return word.contains("unknown");
    }
  }

  private final Map<Outcome, Integer> numbers = new HashMap<>();
  private final List<Outcome> all = new ArrayList<>();

  int number(Outcome outcome) {
    Integer number = numbers.get(outcome);
    if (number == null) {
      number = all.size();
      numbers.put(outcome, number);
      all.add(outcome);
    }
    return number;
  }

  Outcome get(int number) {
    return all.get(number);
  }
}
