package org.pagetrail.store.file;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.file.BlockMap.Placed;
import org.pagetrail.store.file.BlockMap.Segment;
import org.pagetrail.store.file.BlockRecords.Records;
import org.pagetrail.store.fold.CheckpointMeta;
import org.pagetrail.store.fold.Checkpointer;
import org.pagetrail.store.fold.FoldedState;
import org.pagetrail.store.fold.FoldedTable;
import org.pagetrail.store.fold.PackedFold;
import org.pagetrail.store.fold.PageQuery;
import org.pagetrail.store.fold.PageState;
import org.pagetrail.store.fold.TrailView;
import org.pagetrail.store.packed.DamagedBlock;

/**
 * The state of a trail at any of its entries, from the checkpoint before it and the entries behind
 * that. Not for several threads at once.
 */
public final class TrailStates {
  private final TrailReader reader;
  private final TrailIndex index;
  private final Checkpoints checkpoints;
  private final PackedFold fold;
  private final PageQuery query;
  private final BlockRecords blockRecords;

  TrailStates(TrailReader reader, TrailIndex index) {
    this.reader = reader;
    this.index = index;
    this.checkpoints = new Checkpoints(reader);
    this.fold = new PackedFold(reader.layouts());
    this.query = new PageQuery(reader.layouts());
    this.blockRecords = new BlockRecords(reader);
  }

  /**
   * The state after an entry; close it.
   *
   * @param seq -1 for the state before the first entry
   * @throws org.pagetrail.store.StoreException if the trail is damaged
   */
  public FoldedState at(long seq) {
    checkPosition(seq);
    FoldedState state = FoldedState.empty();
    try {
      int from = checkpoints.usable(lastEndingBy(seq));
      if (from >= 0) {
        checkpoints.restore(from, state);
      }
      foldOn(state, from + 1, seq);
      return state;
    } catch (RuntimeException e) {
      state.close();
      throw e;
    }
  }

  /**
   * What was known of one guest page after an entry.
   *
   * @param seq -1 for before the first entry
   * @throws org.pagetrail.store.StoreException if the trail is damaged
   */
  public PageState page(Gfn gfn, long seq) {
    checkPosition(seq);
    int from = checkpoints.usable(lastEndingBy(seq));
    return query.ask(gfn, new View(from, seq));
  }

  /**
   * The machine after an entry and what was found up to it, without all the entries before it.
   *
   * @return empty if the checkpoints do not hold what that takes: {@code pagetrail rebuild} adds it
   *     to long trails
   * @throws org.pagetrail.store.StoreException if the trail is damaged
   */
  public Optional<WholeState> whole(long seq) {
    checkPosition(seq);
    return seq < 0 ? Optional.empty() : new StoredMoments(reader, checkpoints).at(seq);
  }

  /**
   * The last entry that had happened at a time of the trail's clock. An entry without a time
   * belongs to the entry before it.
   *
   * @return empty if the trail begins later than that, or has no clock
   */
  public OptionalLong seqAt(long timeNanos) {
    long last = -1;
    boolean clockSeen = false;
    for (int number = 0; number < reader.segments(); number++) {
      for (Placed block : reader.segment(number).entries()) {
        boolean hasTimes = block.head().minTime() <= block.head().maxTime();
        clockSeen |= hasTimes;
        if (hasTimes && block.head().maxTime() > timeNanos) {
          long seq = lastIn(number, block, timeNanos);
          return seq < 0 && last < 0 ? OptionalLong.empty() : OptionalLong.of(Math.max(seq, last));
        }
        last = block.endSeq() - 1;
      }
    }
    return clockSeen ? OptionalLong.of(last) : OptionalLong.empty();
  }

  /** The last entry of a block before one that is later, -1 if the first is. */
  private long lastIn(int segment, Placed block, long timeNanos) {
    long last = -1;
    for (LogEntry entry : reader.entries(segment, block)) {
      Long time = entry instanceof LogEntry.Recorded recorded ? recorded.entry().timeNanos() : null;
      if (time != null && time > timeNanos) {
        break;
      }
      last = entry.seq();
    }
    return last;
  }

  private void checkPosition(long seq) {
    if (seq < -1 || seq >= reader.size()) {
      throw new IllegalArgumentException("there is no event " + seq + " among " + reader.size());
    }
  }

  /** The last sealed segment that ends with an entry or before it, -1 if none does. */
  private int lastEndingBy(long seq) {
    int last = Math.min(reader.blocks().sealed().size() - 1, seq < 0 ? -1 : reader.segmentOf(seq));
    while (last >= 0 && reader.segment(last).endSeq() - 1 > seq) {
      last--;
    }
    return last;
  }

  /** Folds the segments from one on into a state, up to an entry. */
  private void foldOn(FoldedState state, int firstSegment, long through) {
    for (int number = firstSegment; number < reader.segments(); number++) {
      for (Placed block : reader.segment(number).entries()) {
        long first = block.head().firstSeq();
        if (first > through) {
          return;
        }
        if (block.endSeq() - 1 > state.lastSeq()) {
          fold(state, number, block, through);
        }
      }
    }
  }

  private void fold(FoldedState state, int segment, Placed block, long through) {
    try {
      fold.fold(state, block.head().firstSeq(), reader.records(segment, block), through);
    } catch (DamagedBlock e) {
      throw reader.damaged(segment, block.offset(), String.valueOf(e.getMessage()));
    }
  }

  /** What writes the checkpoints of a trail that goes on behind its last seal. */
  Checkpointer checkpointer() {
    int last = reader.blocks().sealed().size() - 1;
    long end = last < 0 ? -1 : reader.segment(last).endSeq() - 1;
    try (FoldedState state = at(end)) {
      boolean isUsable = last >= 0 && checkpoints.usable(last) == last;
      return Checkpointer.after(state, isUsable ? checkpoints.weights(last) : Map.of());
    }
  }

  /** Folds what was written behind the last seal into the state of a checkpointer. */
  void foldTail(Checkpointer checkpointer) {
    foldOn(checkpointer.state(), reader.blocks().sealed().size(), Long.MAX_VALUE);
  }

  /** The entries behind a checkpoint, up to one of them. */
  private final class View implements TrailView {
    private final int from;
    private final long last;

    private View(int from, long last) {
      this.from = from;
      this.last = last;
    }

    @Override
    public @Nullable CheckpointMeta meta() {
      return from < 0 ? null : checkpoints.meta(from);
    }

    @Override
    public void restorePage(FoldedTable table, long page, FoldedState into) {
      if (from >= 0) {
        checkpoints.restorePage(from, table, page, into);
      }
    }

    @Override
    public long[] slotPositions() {
      return positions(KeyKind.SLOT.key(0), KeyKind.SLOT.lastKey());
    }

    @Override
    public long[] framePositions(long first, long end) {
      return positions(KeyKind.GFN.key(first), KeyKind.GFN.key(end));
    }

    @Override
    public long[] hostPositions(long page) {
      return positions(KeyKind.HVA.key(page), KeyKind.HVA.key(page));
    }

    @Override
    public long[] pfnPositions(long pfn) {
      return positions(KeyKind.PFN.key(pfn), KeyKind.PFN.key(pfn));
    }

    private long[] positions(long firstKey, long lastKey) {
      LongStream.Builder found = LongStream.builder();
      for (int number = from + 1; number < reader.segments(); number++) {
        if (reader.segment(number).firstSeq() > last) {
          break;
        }
        for (long seq : index.positionsAbout(number, firstKey, lastKey)) {
          if (seq <= last) {
            found.add(seq);
          }
        }
      }
      return found.build().toArray();
    }

    @Override
    public void visit(long[] positions, Visitor visitor) {
      int next = 0;
      while (next < positions.length) {
        next = visitBlock(positions, next, visitor);
      }
    }

    /** Shows the positions that are in the block of the next one; returns the one after them. */
    private int visitBlock(long[] positions, int from, Visitor visitor) {
      int number = reader.segmentOf(positions[from]);
      Placed block = blockOf(number, positions[from]);
      Records records = blockRecords.of(number, block);
      int next = from;
      for (; next < positions.length && positions[next] < block.endSeq(); next++) {
        show(visitor, number, block, records, positions[next]);
      }
      return next;
    }

    @Override
    public void visitAll(long first, long end, Visitor visitor) {
      long begin = Math.max(first, from < 0 ? 0 : reader.segment(from).endSeq());
      long stop = Math.min(end, last);
      for (long next = begin; next <= stop; ) {
        int number = reader.segmentOf(next);
        Placed block = blockOf(number, next);
        Records records = blockRecords.of(number, block);
        for (; next < block.endSeq() && next <= stop; next++) {
          show(visitor, number, block, records, next);
        }
      }
    }

    private void show(Visitor visitor, int segment, Placed block, Records records, long seq) {
      try {
        visitor.visit(seq, records.bytes(), records.at(seq));
      } catch (DamagedBlock e) {
        throw reader.damaged(segment, block.offset(), String.valueOf(e.getMessage()));
      }
    }

    private Placed blockOf(int number, long seq) {
      Segment segment = reader.segment(number);
      if (segment.entries().isEmpty() || seq >= segment.endSeq()) {
        throw reader.damaged(number, segment.offset(), "the index points outside of its segment");
      }
      return reader.blockOf(segment, seq);
    }
  }
}
