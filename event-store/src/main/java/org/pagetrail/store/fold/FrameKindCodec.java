package org.pagetrail.store.fold;

import org.pagetrail.projections.machine.FrameKind;

/** The kind of a frame: its code, counted from 1, and who said it. */
final class FrameKindCodec implements RunCodec<FrameKind> {
  @Override
  public void pack(FrameKind value, long[] words) {
    words[0] = 1L + Codes.PAGE_KINDS.indexOf(value.kind());
    words[1] = OriginWord.of(value.origin());
    words[2] = 0;
  }

  @Override
  public FrameKind unpack(long word0, long word1, long word2) {
    return new FrameKind(Codes.PAGE_KINDS.get((int) word0 - 1), OriginWord.origin(word1));
  }

  @Override
  public long further(long word, long pages) {
    return word;
  }
}
