package org.pagetrail.store.fold;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.pagetrail.projections.machine.Origin;
import org.pagetrail.projections.machine.Stage2Entry;

/**
 * The latest changes of stage 2 entries, outside the heap. A list has a number from 1 on, which is
 * used again when the list is given back.
 */
final class ChangeLists {
  /** How many there were, how many are kept, and these. */
  private static final int WORDS = 2 + Stage2Entry.CHANGES_KEPT;

  private static final long BYTES = (long) WORDS * Long.BYTES;
  private static final int SLAB_SHIFT = 10;
  private static final int SLAB_MASK = (1 << SLAB_SHIFT) - 1;

  private final Memory memory;
  private final List<MemorySegment> slabs = new ArrayList<>();
  private long used;

  /** The list that was given back last, 0 if none was; its first word names the one before. */
  private long free;

  ChangeLists(Memory memory) {
    this.memory = memory;
  }

  ChangeLists fork() {
    ChangeLists fork = new ChangeLists(memory);
    for (MemorySegment slab : slabs) {
      fork.slabs.add(memory.arena().allocate(slab.byteSize(), Long.BYTES).copyFrom(slab));
    }
    fork.used = used;
    fork.free = free;
    return fork;
  }

  /** Keeps changes, at most {@link Stage2Entry#CHANGES_KEPT}; returns the number of their list. */
  long add(List<Origin> changes, long count) {
    long list = free;
    if (list == 0) {
      list = ++used;
      if ((list >>> SLAB_SHIFT) >= slabs.size()) {
        slabs.add(memory.arena().allocate(BYTES << SLAB_SHIFT, Long.BYTES));
      }
    } else {
      free = get(list, 0);
    }
    set(list, 0, count);
    set(list, 1, changes.size());
    for (int i = 0; i < changes.size(); i++) {
      set(list, 2 + i, OriginWord.of(changes.get(i)));
    }
    return list;
  }

  /** How many changes there were in all. */
  long count(long list) {
    return get(list, 0);
  }

  /** The changes that are kept. */
  List<Origin> origins(long list) {
    List<Origin> origins = new ArrayList<>();
    int kept = (int) get(list, 1);
    for (int i = 0; i < kept; i++) {
      origins.add(OriginWord.origin(get(list, 2 + i)));
    }
    return List.copyOf(origins);
  }

  /** Gives a list back. */
  void free(long list) {
    set(list, 0, free);
    free = list;
  }

  private long get(long list, int word) {
    return slab(list).get(ValueLayout.JAVA_LONG, at(list, word));
  }

  private void set(long list, int word, long value) {
    slab(list).set(ValueLayout.JAVA_LONG, at(list, word), value);
  }

  private MemorySegment slab(long list) {
    return slabs.get((int) (list >>> SLAB_SHIFT));
  }

  private static long at(long list, int word) {
    return (list & SLAB_MASK) * BYTES + (long) word * Long.BYTES;
  }
}
