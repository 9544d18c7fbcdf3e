package org.pagetrail.simulation.minimize;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Trail;

/** Something is found in a recording as it is, whatever a model makes of it. */
final class Observed implements Quarry {
  private final Function<Trail, List<Long>> evidence;
  private final SortedSet<Long> slice;

  private Observed(Function<Trail, List<Long>> evidence, SortedSet<Long> slice) {
    this.evidence = evidence;
    this.slice = slice;
  }

  /** The finding in a recording; null if it is not found. */
  static @Nullable Observed of(Trail recorded, Function<Trail, List<Long>> evidence) {
    SortedSet<Long> slice = new TreeSet<>();
    Deque<Long> open = new ArrayDeque<>(evidence.apply(recorded));
    while (!open.isEmpty()) {
      long seq = open.pop();
      if (slice.add(seq)) {
        open.addAll(recorded.at(seq).causes());
      }
    }
    return slice.isEmpty() ? null : new Observed(evidence, slice);
  }

  @Override
  public boolean isShownBy(Trail part) {
    return !evidence.apply(part).isEmpty();
  }

  @Override
  public SortedSet<Long> slice() {
    return slice;
  }
}
