package org.pagetrail.projections.diff;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Pfn;

/**
 * A difference between the states at the end of two trails, as a range of alike pages.
 *
 * @param guest where; for a host page, the guest page it stands behind; null for content
 * @param frame where, for content, by the left trail's name
 * @param pages how many pages, 0 for content
 * @param left what the left trail has there
 * @param right what the right trail has there
 */
public record StateDifference(
    Part part,
    @Nullable GpaRange guest,
    @Nullable Pfn frame,
    long pages,
    String left,
    String right) {

  /** What of the state differs. */
  public enum Part {
    /** A memslot. */
    SLOT,
    /** A stage 2 mapping. */
    STAGE2,
    /** A page of the monitor's address space, behind a memslot. */
    HOST_PAGE,
    /** Words of a page. */
    CONTENT
  }
}
