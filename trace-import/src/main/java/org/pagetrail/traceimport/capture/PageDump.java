package org.pagetrail.traceimport.capture;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Source;

/**
 * A dump of /proc/PID/pagemap, which does not say what addresses its entries are of.
 *
 * @param input the file
 * @param entries how many pages it is of
 */
public record PageDump(String input, Snapshot snapshot, long entries, List<Run> runs) {
  /** Copies the list. */
  public PageDump {
    runs = List.copyOf(runs);
  }

  /**
   * Alike pages that follow one another.
   *
   * @param index the number of the first entry
   * @param pages how many there are
   * @param file true for page cache and shared memory
   * @param exclusive true if this process alone maps them
   * @param first the frame of the first page; null if absent or hidden from the recorder
   * @param contiguous true if the frames follow one another, false if all are the same
   */
  public record Run(
      Source source,
      long index,
      long pages,
      boolean present,
      boolean swapped,
      boolean file,
      boolean exclusive,
      @Nullable Pfn first,
      boolean contiguous) {}
}
