package org.pagetrail.store.fold;

import org.pagetrail.projections.ranges.RunValue;

/** Says a value in three words, of which the first counts up along a run and is never zero. */
interface RunCodec<V extends RunValue<V>> {
  /** Puts the words of a value into an array of three. */
  void pack(V value, long[] words);

  /** The value of these words. */
  V unpack(long word0, long word1, long word2);

  /** The first word as it reads {@code pages} further into its run. */
  long further(long word, long pages);

  /** A value that {@link #pack} was called for is not kept any longer. */
  default void release(long word0, long word1, long word2) {}

  /** A codec for a copy of all that was packed, each of which is released on its own. */
  default RunCodec<V> fork() {
    return this;
  }
}
