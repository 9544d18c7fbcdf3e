package org.pagetrail.store.fold;

/** A set of page numbers: the pages that were changed. */
final class Marks extends RunTable {
  Marks(Memory memory) {
    super(memory, 1, true);
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

  /** Adds pages. */
  void add(long first, long end) {
    seek(first);
    if (word(0) == 0 || end() < end) {
      putJoined(first, end, 1);
    }
  }
}
