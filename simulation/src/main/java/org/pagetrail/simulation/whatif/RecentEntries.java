package org.pagetrail.simulation.whatif;

import java.util.Arrays;
import java.util.BitSet;

/**
 * What became of the recorded entries that later ones may name as causes. No more than {@link
 * #REACH} entries are remembered: a cause further back counts as none. Causes that a replay goes by
 * are an exit, a call or a fault that was just handled.
 */
final class RecentEntries {
  /** How far back a cause is found. */
  static final int REACH = 1 << 17;

  private static final int SIZE = 1 << 18;
  private static final int MASK = SIZE - 1;

  /** So far ahead of the entry that is taken something may be known. */
  private static final int AHEAD = SIZE - REACH;

  /** Where an entry stands in the replay, -1 where it does not. */
  private final long[] places;

  /** Entries that do not happen in the replay because their cause does not. */
  private final BitSet gone;

  private final BitSet faults;
  private long now;

  RecentEntries() {
    this(new long[SIZE], new BitSet(SIZE), new BitSet(SIZE), -1);
    Arrays.fill(places, -1);
  }

  private RecentEntries(long[] places, BitSet gone, BitSet faults, long now) {
    this.places = places;
    this.gone = gone;
    this.faults = faults;
    this.now = now;
  }

  RecentEntries fork() {
    return new RecentEntries(places.clone(), (BitSet) gone.clone(), (BitSet) faults.clone(), now);
  }

  /** Goes on to the next entry. */
  void begin(long seq, boolean isFault) {
    now = seq;
    int far = slot(seq + AHEAD - 1);
    places[far] = -1;
    gone.clear(far);
    faults.set(slot(seq), isFault);
  }

  private static int slot(long seq) {
    return (int) seq & MASK;
  }

  private boolean isKnown(long seq) {
    return seq > now - REACH && seq < now + AHEAD;
  }

  long place(long seq) {
    return isKnown(seq) ? places[slot(seq)] : -1;
  }

  void place(long seq, long replaySeq) {
    places[slot(seq)] = replaySeq;
  }

  boolean isGone(long seq) {
    return isKnown(seq) && gone.get(slot(seq));
  }

  /** Says whether an entry does not happen. */
  void gone(long seq, boolean isGone) {
    gone.set(slot(seq), isGone);
  }

  boolean isFault(long seq) {
    return isKnown(seq) && faults.get(slot(seq));
  }
}
