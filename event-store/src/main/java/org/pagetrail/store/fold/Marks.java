package org.pagetrail.store.fold;

/** A set of page numbers: the pages that were changed. */
final class Marks extends RunTable {
  Marks(Memory memory) {
    super(memory, 1);
  }

  private Marks(Marks other) {
    super(other);
  }

  Marks fork() {
    return new Marks(this);
  }

  @Override
  long further(long word, long pages) {
    return word;
  }

  /** Adds pages, and joins them to those before them. */
  void add(long first, long end) {
    long from = first;
    seek(first);
    if (word(0) != 0) {
      if (end() >= end) {
        return;
      }
      from = first();
    } else if (first > 0) {
      seek(first - 1);
      if (word(0) != 0) {
        from = first();
      }
    }
    put(from, end, 1, 0, 0);
  }

  boolean holds(long page) {
    seek(page);
    return word(0) != 0;
  }
}
