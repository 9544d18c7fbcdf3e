package org.pagetrail.projections.machine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pagetrail.projections.ranges.PageSpan;

/** The latest pfn lookups: what KVM knew of the host's pages when it made a mapping. */
final class Lookups {
  /** More lookups than processors can have under way at once. */
  private static final int REMEMBERED = 64;

  private final Map<Long, Long> seqByFrame = new LinkedHashMap<>();

  Lookups fork() {
    Lookups fork = new Lookups();
    fork.seqByFrame.putAll(seqByFrame);
    return fork;
  }

  void add(long gfn, long seq) {
    seqByFrame.remove(gfn);
    seqByFrame.put(gfn, seq);
    if (seqByFrame.size() > REMEMBERED) {
      seqByFrame.remove(seqByFrame.keySet().iterator().next());
    }
  }

  /** The latest lookup of one of these guest frames; {@code otherwise} if none is remembered. */
  long latestOf(PageSpan frames, long otherwise) {
    long latest = -1;
    for (Map.Entry<Long, Long> lookup : seqByFrame.entrySet()) {
      if (frames.contains(lookup.getKey())) {
        latest = Math.max(latest, lookup.getValue());
      }
    }
    return latest < 0 ? otherwise : latest;
  }
}
