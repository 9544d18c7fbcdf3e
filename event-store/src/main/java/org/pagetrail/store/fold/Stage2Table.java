package org.pagetrail.store.fold;

import org.jspecify.annotations.Nullable;

/**
 * The stage 2 tables by guest frame: the entry, the event that mapped it, the one that changed it
 * last.
 *
 * <p>A call works on whole table entries: unmapping, write-protecting or replacing a part of a
 * block takes the whole block.
 */
final class Stage2Table extends RunTable {
  private final @Nullable Marks changed;

  Stage2Table(Memory memory, @Nullable Marks changed) {
    super(memory, 3, true);
    this.changed = changed;
  }

  private Stage2Table(Stage2Table other, @Nullable Marks changed) {
    super(other);
    this.changed = changed;
  }

  Stage2Table fork(@Nullable Marks forked) {
    return new Stage2Table(this, forked);
  }

  @Override
  long further(long word, long pages) {
    return Stage2Word.further(word, pages);
  }

  void map(long first, long end, long entry, long seq) {
    long from = blockStart(first);
    long to = blockEnd(end);
    if (from < first) {
      put(from, first, 0, 0, 0);
    }
    if (to > end) {
      put(end, to, 0, 0, 0);
    }
    put(first, end, entry, seq, seq);
    mark(from, to);
  }

  void unmap(long first, long end) {
    if (first < end) {
      long from = blockStart(first);
      long to = blockEnd(end);
      seek(from);
      if (word(0) != 0 || end() < to) {
        put(from, to, 0, 0, 0);
        mark(from, to);
      }
    }
  }

  /** Adds permissions to the entry of a frame; it has been used. */
  void relax(long gfn, int added, long seq) {
    long from = blockStart(gfn);
    seek(from);
    long to = Stage2Word.isBlock(word(0)) ? end() : gfn + 1;
    long entry = wordAt(from);
    if (entry != 0) {
      change(from, to, entry, Stage2Word.young(Stage2Word.withPerms(entry, added)), seq);
    }
  }

  void writeProtect(long first, long end, long seq) {
    if (first < end) {
      long to = blockEnd(end);
      for (long at = blockStart(first); at < to; ) {
        seek(at);
        long upTo = Math.min(end(), to);
        long entry = wordAt(at);
        change(at, upTo, entry, Stage2Word.readOnly(entry), seq);
        at = upTo;
      }
    }
  }

  /** Maps what blocks mapped by pages. */
  void split(long first, long end, long seq) {
    if (first < end) {
      long to = blockEnd(end);
      for (long at = blockStart(first); at < to; ) {
        seek(at);
        long upTo = Math.min(end(), to);
        long entry = wordAt(at);
        change(at, upTo, entry, Stage2Word.asPages(entry), seq);
        at = upTo;
      }
    }
  }

  void makeYoung(long gfn, long seq) {
    relax(gfn, 0, seq);
  }

  private void change(long first, long end, long before, long after, long seq) {
    if (after != before) {
      seek(first);
      put(first, end, after, word(1), seq);
      mark(first, end);
    }
  }

  private void mark(long first, long end) {
    if (changed != null) {
      changed.add(first, end);
    }
  }

  /** The page itself, or where the block begins that it lies in. */
  private long blockStart(long page) {
    seek(page);
    return Stage2Word.isBlock(word(0)) ? first() : page;
  }

  /** The end of a range, or that of the block that it ends in. */
  private long blockEnd(long end) {
    seek(end - 1);
    return Stage2Word.isBlock(word(0)) ? end() : end;
  }
}
