package org.pagetrail.store.fold;

/** The latest pfn lookups: what KVM knew of the host's pages when it made a mapping. */
final class RecentLookups {
  /** A mapping follows its lookup within so many events; what is older belongs to another. */
  static final int WINDOW_EVENTS = 1 << 10;

  private static final int MASK = WINDOW_EVENTS - 1;

  private final long[] frames = new long[WINDOW_EVENTS];
  private final long[] seqs = new long[WINDOW_EVENTS];
  private long count;

  RecentLookups fork() {
    RecentLookups fork = new RecentLookups();
    System.arraycopy(frames, 0, fork.frames, 0, frames.length);
    System.arraycopy(seqs, 0, fork.seqs, 0, seqs.length);
    fork.count = count;
    return fork;
  }

  void add(long gfn, long seq) {
    int at = (int) count++ & MASK;
    frames[at] = gfn;
    seqs[at] = seq;
  }

  /** How many are kept. */
  int kept() {
    return (int) Math.min(count, WINDOW_EVENTS);
  }

  /** The guest frame of a lookup, 0 for the latest. */
  long frame(int back) {
    return frames[(int) (count - 1 - back) & MASK];
  }

  /** The event of a lookup, 0 for the latest. */
  long seq(int back) {
    return seqs[(int) (count - 1 - back) & MASK];
  }

  /** The latest lookup of one of these guest frames before an event; that event if none. */
  long latestOf(long first, long end, long seq) {
    int kept = kept();
    for (int back = 0; back < kept; back++) {
      long lookup = seq(back);
      if (seq - lookup > WINDOW_EVENTS) {
        break;
      }
      long gfn = frame(back);
      if (gfn >= first && gfn < end) {
        return lookup;
      }
    }
    return seq;
  }
}
