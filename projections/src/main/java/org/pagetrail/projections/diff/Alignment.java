package org.pagetrail.projections.diff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.diff.Lane.Item;
import org.pagetrail.projections.diff.Lane.Section;

/**
 * Lays two trails side by side at their stimuli while they are read. A stimulus that only one of
 * them has is skipped if both have the same one again soon after; if not, the runs have gone
 * different ways and nothing beyond is laid side by side. What was compared is not kept.
 */
final class Alignment {
  /** How many stimuli ahead the same one is looked for. */
  private static final int LOOK_AHEAD = 256;

  private final Lane left = new Lane();
  private final Lane right = new Lane();
  private final Likeness likeness;
  private final List<Divergence> divergences = new ArrayList<>();
  private long count;
  private boolean parted;

  /** The first sections have the same stimulus, and are compared as far as they are known. */
  private boolean matched;

  /** A difference of the first sections was found. */
  private boolean differ;

  Alignment(Likeness likeness) {
    this.likeness = likeness;
  }

  /** The left trail; {@link #advance} compares what it was given. */
  Lane left() {
    return left;
  }

  /** The right trail. */
  Lane right() {
    return right;
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

  /** The trails end here. */
  void end() {
    left.end();
    right.end();
    advance();
  }

  /** Compares as far as both trails were read. */
  void advance() {
    boolean goesOn = !parted;
    while (goesOn) {
      Section l = left.head();
      Section r = right.head();
      if (matched && l != null && r != null) {
        goesOn = compare(l, r);
      } else if (l != null && r != null && Objects.equals(l.key, r.key)) {
        matched = true;
      } else {
        goesOn = (l != null || r != null) && skip(l, r);
      }
    }
    if (parted) {
      left.clear();
      right.clear();
    }
  }

  /** Compares the first sections as far as they are known; true if both are done with. */
  private boolean compare(Section l, Section r) {
    while (!differ) {
      Item one = l.peek();
      Item other = r.peek();
      if (one != null && other != null) {
        l.take();
        r.take();
        differ = !likeness.alike(one.told(), other.told());
      } else if (one == null && other == null) {
        break;
      } else if (one == null ? l.isComplete() : r.isComplete()) {
        differ = true;
      } else {
        return false;
      }
      if (differ) {
        add(l.stimulus, r.stimulus, entry(one), entry(other));
        l.passOver();
        r.passOver();
      }
    }
    if (!l.isComplete() || !r.isComplete()) {
      return false;
    }
    left.pass();
    right.pass();
    matched = false;
    differ = false;
    return true;
  }

  private static @Nullable TrailEntry entry(@Nullable Item item) {
    return item == null ? null : item.entry();
  }

  /** Moves to the nearest stimulus that both have; false if that is not known yet, or none. */
  private boolean skip(@Nullable Section l, @Nullable Section r) {
    if (!left.reaches(LOOK_AHEAD) || !right.reaches(LOOK_AHEAD)) {
      return false;
    }
    int[] next = l == null || r == null ? null : nextShared();
    boolean onlyLeft = next != null && next[1] == 0;
    boolean onlyRight = next != null && next[0] == 0;
    add(
        left.before(),
        right.before(),
        onlyRight || l == null ? null : l.stimulus,
        onlyLeft || r == null ? null : r.stimulus);
    if (next == null) {
      parted = true;
      return false;
    }
    pass(left, next[0]);
    pass(right, next[1]);
    return true;
  }

  private static void pass(Lane lane, int sections) {
    for (int i = 0; i < sections; i++) {
      lane.pass();
    }
  }

  private int @Nullable [] nextShared() {
    Map<Object, Integer> ahead = new HashMap<>();
    int there = 0;
    for (Section section : right.sections()) {
      if (there == LOOK_AHEAD) {
        break;
      }
      if (section.key != null) {
        ahead.putIfAbsent(section.key, there);
      }
      there++;
    }
    int[] nearest = null;
    int here = 0;
    for (Section section : left.sections()) {
      if (here == LOOK_AHEAD) {
        break;
      }
      Integer same = section.key == null ? null : ahead.get(section.key);
      if (same != null && (nearest == null || here + same < nearest[0] + nearest[1])) {
        nearest = new int[] {here, same};
      }
      here++;
    }
    return nearest;
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
