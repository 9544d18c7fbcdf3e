package org.pagetrail.projections.diff;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.projections.machine.FrameName;
import org.pagetrail.projections.machine.PageStores;
import org.pagetrail.projections.ranges.PageRuns;

/**
 * Which frame of the right trail plays the part of which frame of the left one. Two hosts hand out
 * different frames for the same work; a frame is the same on both sides as long as it is always met
 * in the same places.
 */
final class FrameNames {
  private final PageRuns<FrameName> rightOf;
  private final PageRuns<FrameName> leftOf;

  FrameNames(PageStores stores) {
    rightOf = new PageRuns<>(stores.frameNames());
    leftOf = new PageRuns<>(stores.frameNames());
  }

  /** True if the two are the same frame so far; frames met for the first time become the same. */
  boolean same(Pfn left, Pfn right) {
    Pfn knownRight = name(left, rightOf);
    Pfn knownLeft = name(right, leftOf);
    if (knownRight == null && knownLeft == null) {
      rightOf.put(left.value(), 1, new FrameName(right));
      leftOf.put(right.value(), 1, new FrameName(left));
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
  private static @Nullable Pfn counterpart(
      Pfn frame, PageRuns<FrameName> there, PageRuns<FrameName> back) {
    Pfn known = name(frame, there);
    return known == null && name(frame, back) == null ? frame : known;
  }

  private static @Nullable Pfn name(Pfn frame, PageRuns<FrameName> names) {
    FrameName name = names.at(frame.value());
    return name == null ? null : name.there();
  }
}
