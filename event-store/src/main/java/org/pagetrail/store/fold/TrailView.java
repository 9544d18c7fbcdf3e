package org.pagetrail.store.fold;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A trail up to some entry, as a query for one page sees it: a checkpoint, and behind it the
 * entries by what they are about. All positions lie behind the checkpoint and are ascending.
 */
public interface TrailView {
  /** What the checkpoint knows besides pages, null if there is none: then nothing is known. */
  @Nullable CheckpointMeta meta();

  /**
   * Puts what the checkpoint knows of a page into a state; of a block that holds it, all pages.
   * Does nothing if it knows nothing.
   */
  void restorePage(FoldedTable table, long page, FoldedState into);

  /** The entries about memslots. */
  long[] slotPositions();

  /** The entries about guest frames, the last included. */
  long[] framePositions(long first, long last);

  /** The entries about a host page. */
  long[] hostPositions(long page);

  /** The entries about a host frame. */
  long[] pfnPositions(long pfn);

  /** Shows the records at some positions, in their order. */
  void visit(long[] positions, Visitor visitor);

  /** Shows all records from one position on to another, the last included, as far as there are. */
  void visitAll(long first, long last, Visitor visitor);

  /** Sees one record after the other. */
  @FunctionalInterface
  interface Visitor {
    /** Looks at the record that begins at {@code at}. */
    void visit(long seq, MemorySegment records, long at);
  }
}
