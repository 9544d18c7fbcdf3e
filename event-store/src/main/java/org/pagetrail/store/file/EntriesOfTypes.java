package org.pagetrail.store.file;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.pagetrail.events.Event;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.file.BlockMap.Placed;
import org.pagetrail.store.fold.PackedFold;

/** Goes over the entries of some types, block by block. */
final class EntriesOfTypes implements Iterator<LogEntry> {
  private final TrailReader reader;
  private final boolean[] wanted;
  private final boolean[] bare;
  private final int[] widths;
  private final Deque<LogEntry> ready = new ArrayDeque<>();
  private int segment;
  private int block;

  EntriesOfTypes(
      TrailReader reader, Set<? extends Class<?>> types, Set<? extends Class<?>> bareTypes) {
    this.reader = reader;
    this.wanted = reader.layouts().codes(types::contains);
    this.bare = reader.layouts().codes(bareTypes::contains);
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
    List<LogEntry> entries =
        hasAny(records, placed.head().count()) ? reader.entries(segment, placed) : List.of();
    long at = 0;
    for (int i = 0; i < placed.head().count(); i++) {
      int code = PackedFold.code(records, at);
      if (wanted[code] || (bare[code] && !entries.isEmpty())) {
        ready.add(entries.get(i));
      } else if (bare[code]) {
        ready.add(bare(placed.head().firstSeq() + i, reader.layouts().event(records, at)));
      }
      at += widths[code];
    }
  }

  private boolean hasAny(MemorySegment records, int count) {
    long at = 0;
    for (int i = 0; i < count; i++) {
      int code = PackedFold.code(records, at);
      if (wanted[code]) {
        return true;
      }
      at += widths[code];
    }
    return false;
  }

  private static LogEntry bare(long seq, Event event) {
    return new LogEntry.Recorded(
        new TrailEntry(seq, null, Standing.ASSUMED, event, List.of(), null, null));
  }

  @Override
  public LogEntry next() {
    if (!hasNext()) {
      throw new NoSuchElementException("there are no more such events");
    }
    return ready.remove();
  }
}
