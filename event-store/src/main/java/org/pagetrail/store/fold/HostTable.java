package org.pagetrail.store.fold;

import org.jspecify.annotations.Nullable;

/**
 * What the host's page table holds for the monitor, by the number of the host page: the page, the
 * event that told of it, and the notifier call that made it doubtful, -1 for none.
 */
final class HostTable extends RunTable {
  private static final long NO_DOUBT = -1;
  private static final long FRAME = RunTable.PAGES - 1;
  private static final long ABSENT =
      HostWord.of(-1, HostWord.SCATTERED, Codes.ABSENT, HostWord.WRITABLE_UNKNOWN);

  private final KindTable kinds;
  private final @Nullable Marks changed;

  HostTable(Memory memory, KindTable kinds, @Nullable Marks changed) {
    super(memory, 3, true);
    this.kinds = kinds;
    this.changed = changed;
  }

  private HostTable(HostTable other, KindTable kinds, @Nullable Marks changed) {
    super(other);
    this.kinds = kinds;
    this.changed = changed;
  }

  HostTable fork(KindTable forkedKinds, @Nullable Marks forked) {
    return new HostTable(this, forkedKinds, forked);
  }

  @Override
  long further(long word, long pages) {
    return HostWord.further(word, pages);
  }

  /**
   * Pages were seen or mapped.
   *
   * @param pfn the first frame, -1 if nobody knows it
   */
  void set(long first, long end, long pfn, int frames, int kind, int writable, long seq) {
    if (first < end) {
      store(first, end, HostWord.of(pfn, frames, kind, writable), seq, NO_DOUBT);
      if (pfn >= 0) {
        kinds.learn(pfn, frames == HostWord.CONSECUTIVE ? end - first : 1, kind);
      }
    }
  }

  /** Nothing is mapped there any more. */
  void drop(long first, long end, long seq) {
    if (first < end) {
      store(first, end, ABSENT, seq, NO_DOUBT);
    }
  }

  void writeProtect(long first, long end, long seq) {
    for (long at = first; at < end; ) {
      seek(at);
      long upTo = Math.min(end(), end);
      if (word(0) != 0) {
        store(at, upTo, HostWord.notWritable(wordAt(at)), seq, word(2));
      }
      at = upTo;
    }
  }

  /** Other processes map the pages too, or no longer. */
  void share(long first, long end, long seq) {
    for (long at = first; at < end; ) {
      seek(at);
      long upTo = Math.min(end(), end);
      if (word(0) != 0) {
        store(at, upTo, wordAt(at), seq, word(2));
      }
      at = upTo;
    }
  }

  /** A notifier call says that the entries change. */
  void doubt(long first, long end, long seq) {
    for (long at = first; at < end; ) {
      seek(at);
      long upTo = Math.min(end(), end);
      if (word(0) != 0) {
        store(at, upTo, wordAt(at), word(1), seq);
      }
      at = upTo;
    }
  }

  /** A lookup told which frame stands behind a page. */
  void resolve(long page, long pfn, int writable, long seq) {
    seek(page);
    long known = wordAt(page);
    if (known == 0
        || !HostWord.hasFrame(known)
        || HostWord.pfn(known) != pfn
        || word(2) != NO_DOUBT) {
      int kind = kinds.kindOf(pfn);
      store(page, page + 1, HostWord.of(pfn, HostWord.CONSECUTIVE, kind, writable), seq, NO_DOUBT);
    }
  }

  /**
   * A stage 2 mapping shows which frames stood behind the pages at the time of its lookup. What is
   * known of a page since then stays; what was known before and differs is out of date.
   *
   * @param pfn the frame behind the first page
   */
  void behindMapping(long first, long end, long pfn, long lookup, long seq) {
    for (long at = first; at < end; ) {
      seek(at);
      long upTo = Math.min(end(), end);
      long page = wordAt(at);
      long expected = (pfn + at - first) & FRAME;
      if (page == 0) {
        fill(at, upTo, expected, seq);
      } else if (word(1) <= lookup && word(2) <= lookup) {
        boolean doubted = word(2) != NO_DOUBT;
        if (doubted || !HostWord.hasFrame(page)) {
          fill(at, upTo, expected, seq);
        } else {
          fillOthers(at, upTo, expected, page, seq);
        }
      }
      at = upTo;
    }
  }

  /** Fills the pages of a run whose frames are not the expected ones. */
  private void fillOthers(long first, long end, long expected, long page, long seq) {
    long ahead = (HostWord.pfn(page) - expected) & FRAME;
    switch (HostWord.frames(page)) {
      case HostWord.CONSECUTIVE -> {
        if (ahead != 0) {
          fill(first, end, expected, seq);
        }
      }
      case HostWord.SAME ->
          fillAround(first, end, first + Math.min(ahead, end - first), expected, seq);
      default -> fillAround(first, end, ahead == 0 ? first : end, expected, seq);
    }
  }

  /** Fills all pages but one. */
  private void fillAround(long first, long end, long agreeing, long expected, long seq) {
    fill(first, agreeing, expected, seq);
    fill(agreeing + 1, end, (expected + agreeing + 1 - first) & FRAME, seq);
  }

  /** Each page is of the kind that its own frame is known to be. */
  private void fill(long first, long end, long expected, long seq) {
    long at = first;
    long pfn = expected;
    while (at < end) {
      kinds.seek(pfn);
      long pages = Math.min(end - at, kinds.end() - pfn);
      int kind = kinds.kind();
      store(
          at,
          at + pages,
          HostWord.of(pfn, HostWord.CONSECUTIVE, kind, HostWord.WRITABLE_UNKNOWN),
          seq,
          NO_DOUBT);
      at += pages;
      pfn = (pfn + pages) & FRAME;
    }
  }

  private void store(long first, long end, long word, long seq, long doubted) {
    put(first, end, word, seq, doubted);
    if (changed != null) {
      changed.add(first, end);
    }
  }
}
