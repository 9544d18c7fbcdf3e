package org.pagetrail.simulation.minimize;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Leaves parts of a list out as long as what is left still shows something: ddmin, Zeller and
 * Hildebrandt, <i>Simplifying and isolating failure-inducing input</i>, 2002.
 */
final class DeltaDebugging {
  private DeltaDebugging() {}

  /**
   * A part of a list that shows it, and does not without any one of its elements.
   *
   * @param start shows it
   */
  static List<Long> minimal(List<Long> start, Predicate<List<Long>> shows) {
    List<Long> kept = start;
    int pieces = 2;
    while (!kept.isEmpty()) {
      int size = Math.max(1, (kept.size() + pieces - 1) / pieces);
      List<Long> smaller = null;
      for (int from = 0; from < kept.size() && smaller == null; from += size) {
        Set<Long> without = new HashSet<>(kept.subList(from, Math.min(kept.size(), from + size)));
        List<Long> rest = kept.stream().filter(seq -> !without.contains(seq)).toList();
        smaller = shows.test(rest) ? rest : null;
      }
      if (smaller != null) {
        kept = smaller;
        pieces = Math.max(2, pieces - 1);
      } else if (size == 1) {
        break;
      } else {
        pieces = Math.min(kept.size(), 2 * pieces);
      }
    }
    return new ArrayList<>(kept);
  }
}
