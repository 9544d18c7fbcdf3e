package org.pagetrail.simulation.whatif;

import java.util.Arrays;

/** For each entry of a replay the stimulus of the recording that made it happen. */
public final class Origins {
  private long[] replayed = new long[64];
  private long[] recorded = new long[64];
  private int size;

  /** From {@code replaySeq} on, entries follow from the recorded entry, until another is noted. */
  void note(long replaySeq, long recordedSeq) {
    if (size == replayed.length) {
      replayed = Arrays.copyOf(replayed, 2 * size);
      recorded = Arrays.copyOf(recorded, 2 * size);
    }
    replayed[size] = replaySeq;
    recorded[size] = recordedSeq;
    size++;
  }

  /** The position of the stimulus in the recording; -1 for an entry before the first. */
  public long of(long replaySeq) {
    int at = Arrays.binarySearch(replayed, 0, size, replaySeq);
    int before = at >= 0 ? at : -at - 2;
    return before < 0 ? -1 : recorded[before];
  }
}
