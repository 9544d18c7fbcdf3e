package org.pagetrail.store.file;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.file.BlockMap.Placed;
import org.pagetrail.store.fold.PackedFold;

/** Goes over the entries of some types, block by block. */
final class EntriesOfTypes implements Iterator<LogEntry> {
  private final TrailReader reader;
  private final boolean[] wanted;
  private final int[] widths;
  private final Deque<LogEntry> ready = new ArrayDeque<>();
  private int segment;
  private int block;

  EntriesOfTypes(TrailReader reader, Set<? extends Class<?>> types) {
    this.reader = reader;
    this.wanted = reader.layouts().codes(types::contains);
    this.widths = reader.layouts().widths();
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && segment < reader.segments()) {
      List<Placed> blocks = reader.segment(segment).entries();
      if (block < blocks.size()) {
        read(blocks.get(block++));
      } else {
        segment++;
        block = 0;
      }
    }
    return !ready.isEmpty();
  }

  /** Unpacks a block if the records say that it has what is wanted. */
  private void read(Placed placed) {
    MemorySegment records = reader.records(segment, placed);
    List<LogEntry> entries = List.of();
    long at = 0;
    for (int i = 0; i < placed.head().count(); i++) {
      int code = PackedFold.code(records, at);
      if (wanted[code]) {
        entries = entries.isEmpty() ? reader.entries(segment, placed) : entries;
        ready.add(entries.get(i));
      }
      at += widths[code];
    }
  }

  @Override
  public LogEntry next() {
    if (!hasNext()) {
      throw new NoSuchElementException("there are no more such events");
    }
    return ready.remove();
  }
}
