package org.pagetrail.projections.diff;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Pfn;

/**
 * Which frame of the right trail plays the part of which frame of the left one. Two hosts hand out
 * different frames for the same work; a frame is the same on both sides as long as it is always met
 * in the same places.
 */
final class FrameNames {
  private final Map<Pfn, Pfn> rightOf = new HashMap<>();
  private final Map<Pfn, Pfn> leftOf = new HashMap<>();

  /** True if the two are the same frame so far; frames met for the first time become the same. */
  boolean same(Pfn left, Pfn right) {
    Pfn knownRight = rightOf.get(left);
    Pfn knownLeft = leftOf.get(right);
    if (knownRight == null && knownLeft == null) {
      rightOf.put(left, right);
      leftOf.put(right, left);
      return true;
    }
    return right.equals(knownRight) && left.equals(knownLeft);
  }

  /** The right trail's name for a frame of the left one; null if it plays no part there. */
  @Nullable Pfn right(Pfn left) {
    return counterpart(left, rightOf, leftOf);
  }

  /** The left trail's name for a frame of the right one; null if it plays no part there. */
  @Nullable Pfn left(Pfn right) {
    return counterpart(right, leftOf, rightOf);
  }

  /** A frame that was never met is the one of the same number, unless that plays another part. */
  private static @Nullable Pfn counterpart(Pfn frame, Map<Pfn, Pfn> there, Map<Pfn, Pfn> back) {
    Pfn known = there.get(frame);
    return known == null && !back.containsKey(frame) ? frame : known;
  }
}
