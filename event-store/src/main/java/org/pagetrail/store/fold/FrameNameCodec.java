package org.pagetrail.store.fold;

import org.pagetrail.events.memory.Pfn;
import org.pagetrail.projections.machine.FrameName;

/** The name of a frame in another trail: the frame, counted from 1. */
final class FrameNameCodec implements RunCodec<FrameName> {
  @Override
  public void pack(FrameName value, long[] words) {
    words[0] = value.there().value() + 1;
    words[1] = 0;
    words[2] = 0;
  }

  @Override
  public FrameName unpack(long word0, long word1, long word2) {
    return new FrameName(new Pfn(word0 - 1));
  }

  @Override
  public long further(long word, long pages) {
    return word + pages;
  }
}
