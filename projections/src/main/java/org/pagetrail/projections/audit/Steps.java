package org.pagetrail.projections.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a history, bounded: of what shapes the page, and of what goes through it, the first
 * and the last steps are kept, and how many are missing between them.
 */
final class Steps {
  /** How many steps of each sort are kept at either end. */
  static final int KEPT = 200;

  private final Bounded shaping = new Bounded();
  private final Bounded traffic = new Bounded();
  private @Nullable Step open;

  void add(Step step) {
    Step last = open;
    if (last != null && step.repeats(last)) {
      open = last.again(step);
    } else {
      flush();
      open = step;
    }
  }

  /** The kept steps, ascending. */
  List<Step> kept() {
    flush();
    List<Step> all = new ArrayList<>(shaping.kept());
    all.addAll(traffic.kept());
    all.sort(Comparator.comparingLong(Step::seq));
    return all;
  }

  /** How many are not kept. */
  long omitted() {
    return shaping.omitted() + traffic.omitted();
  }

  private void flush() {
    Step step = open;
    if (step != null) {
      (step.kind().isTraffic() ? traffic : shaping).add(step);
      open = null;
    }
  }

  private static final class Bounded {
    private final List<Step> head = new ArrayList<>();
    private final Deque<Step> tail = new ArrayDeque<>();
    private long omitted;

    void add(Step step) {
      if (head.size() < KEPT) {
        head.add(step);
      } else {
        tail.add(step);
        if (tail.size() > KEPT) {
          tail.removeFirst();
          omitted++;
        }
      }
    }

    List<Step> kept() {
      List<Step> all = new ArrayList<>(head);
      all.addAll(tail);
      return all;
    }

    long omitted() {
      return omitted;
    }
  }
}
