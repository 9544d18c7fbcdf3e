package org.pagetrail.store.fold;

import org.jspecify.annotations.Nullable;

/** What the host's frames are. A zero page stays one; other frames are freed and used again. */
final class KindTable extends RunTable {
  /** Of a run of zero pages no more are believed; architectures with coloured ones have 16. */
  private static final long ZERO_PAGES_MAX = 64;

  private final @Nullable Marks changed;

  KindTable(Memory memory, @Nullable Marks changed) {
    super(memory, 1, true);
    this.changed = changed;
  }

  private KindTable(KindTable other, @Nullable Marks changed) {
    super(other);
    this.changed = changed;
  }

  KindTable fork(@Nullable Marks forked) {
    return new KindTable(this, forked);
  }

  @Override
  long further(long word, long pages) {
    return word;
  }

  /** The kind of the frame that {@link #seek} went to. */
  int kind() {
    long word = word(0);
    return word == 0 ? Codes.UNKNOWN : (int) word - 1;
  }

  /** The kind of a frame. */
  int kindOf(long pfn) {
    seek(pfn);
    return kind();
  }

  void learn(long pfn, long pages, int kind) {
    if (kind == Codes.UNKNOWN || kind == Codes.ABSENT) {
      return;
    }
    long believed = kind == Codes.ZERO_PAGE ? Math.min(pages, ZERO_PAGES_MAX) : pages;
    long end = Math.min(pfn + believed, PAGES);
    long at = pfn;
    while (at < end) {
      seek(at);
      long upTo = Math.min(end(), end);
      int known = kind();
      if (known != kind && known != Codes.ZERO_PAGE) {
        putJoined(at, upTo, kind + 1L);
        if (changed != null) {
          changed.add(at, upTo);
        }
      }
      at = upTo;
    }
  }
}
