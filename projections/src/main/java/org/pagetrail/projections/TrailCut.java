package org.pagetrail.projections;

import java.util.List;
import java.util.OptionalLong;
import org.pagetrail.events.trail.TrailEntry;

/** Where a trail is cut: folding up to the cut shows what was known at that moment. */
public final class TrailCut {
  private TrailCut() {}

  /**
   * The seq of the last entry that had happened at {@code timeNanos} on the trail's clock. An entry
   * without a time belongs to the entry before it.
   *
   * @return empty if the trail begins later than that, or has no entry
   */
  public static OptionalLong seqAt(Iterable<TrailEntry> entries, long timeNanos) {
    OptionalLong last = OptionalLong.empty();
    boolean clockSeen = false;
    for (TrailEntry entry : entries) {
      Long time = entry.timeNanos();
      clockSeen |= time != null;
      if (time != null && time > timeNanos) {
        break;
      }
      last = OptionalLong.of(entry.seq());
    }
    return clockSeen ? last : OptionalLong.empty();
  }

  /** The entries up to and including {@code seq}; all of them if the trail ends before it. */
  public static List<TrailEntry> through(List<TrailEntry> entries, long seq) {
    return entries.subList(0, Math.clamp(seq + 1, 0, entries.size()));
  }
}
