package org.pagetrail.store.file;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
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

  /** A record of a wanted or bare type. */
  private record Found(int inBlock, long at) {}

  /** Unpacks a block if the records say that it has what is wanted. */
  private void read(Placed placed) {
    MemorySegment records = reader.records(segment, placed);
    List<Found> found = new ArrayList<>();
    boolean isWanted = false;
    long at = 0;
    for (int i = 0; i < placed.head().count(); i++) {
      int code = PackedFold.code(records, at);
      if (wanted[code] || bare[code]) {
        found.add(new Found(i, at));
        isWanted |= wanted[code];
      }
      at += widths[code];
    }
    if (isWanted) {
      List<LogEntry> entries = reader.entries(segment, placed);
      found.forEach(each -> ready.add(entries.get(each.inBlock())));
    } else {
      long first = placed.head().firstSeq();
      found.forEach(each ->
          ready.add(bare(first + each.inBlock(), reader.layouts().event(records, each.at()))));
    }
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
