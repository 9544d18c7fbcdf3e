package org.pagetrail.simulation.minimize;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.SortedSet;
import java.util.TreeSet;
import org.pagetrail.simulation.whatif.Replay;

/** The stimuli of a recording that entries of its replay rest on. */
final class CausalSlice {
  private CausalSlice() {}

  /**
   * Follows the causes back.
   *
   * @param from positions in the replay
   * @return positions in the recording
   */
  static SortedSet<Long> of(Replay replay, Collection<Long> from) {
    SortedSet<Long> stimuli = new TreeSet<>();
    BitSet seen = new BitSet();
    Deque<Long> open = new ArrayDeque<>(from);
    while (!open.isEmpty()) {
      long seq = open.pop();
      if (seen.get((int) seq)) {
        continue;
      }
      seen.set((int) seq);
      long stimulus = replay.origins().of(seq);
      if (stimulus >= 0) {
        stimuli.add(stimulus);
      }
      open.addAll(replay.trail().at(seq).causes());
    }
    return stimuli;
  }
}
