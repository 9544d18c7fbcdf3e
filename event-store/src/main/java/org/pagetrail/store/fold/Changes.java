package org.pagetrail.store.fold;

/** The pages that changed since some moment. */
record Changes(Marks stage2, Marks host, Marks kinds) {
  Changes(Memory memory) {
    this(new Marks(memory), new Marks(memory), new Marks(memory));
  }

  /** Forgets them: another moment begins. */
  void forget() {
    stage2.put(0, RunTable.PAGES, 0, 0, 0);
    host.put(0, RunTable.PAGES, 0, 0, 0);
    kinds.put(0, RunTable.PAGES, 0, 0, 0);
  }
}
