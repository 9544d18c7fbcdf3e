package org.pagetrail.store.fold;

import java.lang.foreign.MemorySegment;

/** What the records of one event type do to a state. */
@FunctionalInterface
interface FoldStep {
  /**
   * Applies the record that begins at {@code at}.
   *
   * @param seq its position in the trail
   */
  void apply(FoldedState state, long seq, MemorySegment records, long at);
}
