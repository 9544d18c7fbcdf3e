package org.pagetrail.traceimport.capture;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Source;

/**
 * A run of alike pages of a memslot.
 *
 * @param slot the guest address where the slot begins
 * @param offset bytes from there
 * @param swapped true if the pages are in swap
 * @param file true for page cache and shared memory
 * @param first null if absent or hidden from the recorder
 * @param flags names of kpageflags
 */
public record PageRun(
    Source source,
    Snapshot snapshot,
    Gpa slot,
    long offset,
    long pages,
    boolean present,
    boolean swapped,
    boolean file,
    boolean exclusive,
    @Nullable Pfn first,
    boolean contiguous,
    List<String> flags) {
  /** Copies the list. */
  public PageRun {
    flags = List.copyOf(flags);
  }
}
