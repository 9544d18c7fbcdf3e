package org.pagetrail.projections.diff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.diff.Compared.Item;
import org.pagetrail.projections.diff.Compared.Section;

/**
 * Lays two trails side by side at their stimuli. A stimulus that only one of them has is skipped if
 * both have the same one again soon after; if not, the runs have gone different ways and nothing
 * beyond is laid side by side.
 */
final class Alignment {
  /** How many stimuli ahead the same one is looked for. */
  private static final int LOOK_AHEAD = 256;

  private final List<Section> left;
  private final List<Section> right;
  private final Likeness likeness;
  private final List<Divergence> divergences = new ArrayList<>();
  private long count;
  private boolean parted;
  private int i;
  private int j;

  Alignment(List<Section> left, List<Section> right, Likeness likeness) {
    this.left = left;
    this.right = right;
    this.likeness = likeness;
  }

  /** The divergences in their order, the first {@link TrailDiff#DIVERGENCES_KEPT} of them. */
  List<Divergence> divergences() {
    return divergences;
  }

  /** How many there are, up to where the trails go different ways. */
  long count() {
    return count;
  }

  /** True if from some stimulus on the two have nothing in common. */
  boolean parted() {
    return parted;
  }

  Alignment run() {
    while (!parted && (i < left.size() || j < right.size())) {
      if (i < left.size()
          && j < right.size()
          && Objects.equals(left.get(i).key, right.get(j).key)) {
        compare(left.get(i), right.get(j));
        i++;
        j++;
      } else {
        skip();
      }
    }
    return this;
  }

  private void compare(Section l, Section r) {
    int shared = Math.min(l.consequences.size(), r.consequences.size());
    for (int k = 0; k < shared; k++) {
      Item one = l.consequences.get(k);
      Item other = r.consequences.get(k);
      if (!likeness.alike(one.told(), other.told())) {
        add(l.stimulus, r.stimulus, one.entry(), other.entry());
        return;
      }
    }
    if (l.consequences.size() != r.consequences.size()) {
      add(
          l.stimulus,
          r.stimulus,
          shared < l.consequences.size() ? l.consequences.get(shared).entry() : null,
          shared < r.consequences.size() ? r.consequences.get(shared).entry() : null);
    }
  }

  /** Moves to the nearest stimulus that both have. */
  private void skip() {
    int[] next = nextShared();
    TrailEntry l = i < left.size() ? left.get(i).stimulus : null;
    TrailEntry r = j < right.size() ? right.get(j).stimulus : null;
    boolean onlyLeft = next != null && next[1] == j;
    boolean onlyRight = next != null && next[0] == i;
    add(before(left, i), before(right, j), onlyRight ? null : l, onlyLeft ? null : r);
    if (next == null) {
      parted = true;
    } else {
      i = next[0];
      j = next[1];
    }
  }

  private int @Nullable [] nextShared() {
    if (i >= left.size() || j >= right.size()) {
      return null;
    }
    Map<Object, Integer> ahead = new HashMap<>();
    for (int k = j; k < Math.min(right.size(), j + LOOK_AHEAD); k++) {
      Object key = right.get(k).key;
      if (key != null) {
        ahead.putIfAbsent(key, k);
      }
    }
    int[] nearest = null;
    for (int k = i; k < Math.min(left.size(), i + LOOK_AHEAD); k++) {
      Integer there = ahead.get(left.get(k).key);
      if (there != null && (nearest == null || k + there < nearest[0] + nearest[1])) {
        nearest = new int[] {k, there};
      }
    }
    return nearest;
  }

  private static @Nullable TrailEntry before(List<Section> sections, int index) {
    return index == 0 ? null : sections.get(index - 1).stimulus;
  }

  private void add(
      @Nullable TrailEntry stimulusLeft,
      @Nullable TrailEntry stimulusRight,
      @Nullable TrailEntry l,
      @Nullable TrailEntry r) {
    count++;
    if (divergences.size() < TrailDiff.DIVERGENCES_KEPT) {
      divergences.add(new Divergence(stimulusLeft, stimulusRight, l, r));
    }
  }
}
