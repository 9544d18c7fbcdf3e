package org.pagetrail.projections.audit;

import java.util.NavigableSet;
import java.util.TreeSet;
import org.pagetrail.events.trail.TrailEntry;

/** The latest entries that concerned the page, so that what they caused is known to concern it. */
final class CauseMemory {
  private static final int REMEMBERED = 1024;

  private final NavigableSet<Long> seqs = new TreeSet<>();

  void add(long seq) {
    seqs.add(seq);
    if (seqs.size() > REMEMBERED) {
      seqs.pollFirst();
    }
  }

  /** True if one of the entry's causes concerned the page. */
  boolean caused(TrailEntry entry) {
    return entry.causes().stream().anyMatch(seqs::contains);
  }
}
