package org.pagetrail.projections.machine;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import org.pagetrail.projections.machine.MachineBesidesPages.Lookup;
import org.pagetrail.projections.ranges.PageSpan;

/** The latest pfn lookups: what KVM knew of the host's pages when it made a mapping. */
final class Lookups {
  /** A mapping follows its lookup within so many events; what is older belongs to another. */
  private static final long WINDOW_EVENTS = 1 << 10;

  private final ArrayDeque<Lookup> latestFirst = new ArrayDeque<>();

  static Lookups of(List<Lookup> latestFirst) {
    Lookups lookups = new Lookups();
    lookups.latestFirst.addAll(latestFirst);
    return lookups;
  }

  /** The lookups that are kept, the latest first. */
  List<Lookup> all() {
    return List.copyOf(latestFirst);
  }

  Lookups fork() {
    Lookups fork = new Lookups();
    fork.latestFirst.addAll(latestFirst);
    return fork;
  }

  void add(long gfn, long seq) {
    latestFirst.addFirst(new Lookup(gfn, seq));
    while (seq - latestFirst.getLast().seq() > WINDOW_EVENTS) {
      latestFirst.removeLast();
    }
  }

  /** The latest lookup of one of these guest frames before an event; that event if none. */
  long latestOf(PageSpan frames, long seq) {
    for (Iterator<Lookup> lookups = latestFirst.iterator(); lookups.hasNext(); ) {
      Lookup lookup = lookups.next();
      if (seq - lookup.seq() > WINDOW_EVENTS) {
        break;
      }
      if (frames.contains(lookup.gfn())) {
        return lookup.seq();
      }
    }
    return seq;
  }
}
