package org.pagetrail.store.fold;

import java.io.IOException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Writes what each segment changed, and from time to time everything: when what was written since
 * outweighs it.
 */
public final class Checkpointer implements AutoCloseable {
  /** How many runs a part has, about 256 KiB: what is read and checked to look up one page. */
  private static final int PART_RUNS = 6400;

  private static final int COLUMNS_MAX = 5;

  private final FoldedState state;
  private final Map<FoldedTable, Long> runsSinceFull = new EnumMap<>(FoldedTable.class);
  private final long[] columns = new long[COLUMNS_MAX * PART_RUNS];
  private int filled;

  /** Takes the blocks of a checkpoint. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes the next block.
     *
     * @param table the number of the table that it has runs of, 0 for the first block
     * @param firstPage the first page of the first run
     * @param lastPage the last page of the last run
     */
    void accept(int table, long firstPage, long lastPage, byte[] content) throws IOException;
  }

  private Checkpointer(FoldedState state) {
    this.state = state;
  }

  /** For a trail from its first entry on. */
  public static Checkpointer fromStart() {
    return new Checkpointer(FoldedState.noting());
  }

  /**
   * For a trail that goes on.
   *
   * @param state after the last segment; it stays as it is
   * @param runsSinceFull how many runs the checkpoints have since each table's last full one; a
   *     table that is not named has none, and gets a full one next
   */
  public static Checkpointer after(FoldedState state, Map<FoldedTable, Long> runsSinceFull) {
    Checkpointer next = new Checkpointer(state.forkNoting());
    next.runsSinceFull.putAll(runsSinceFull);
    return next;
  }

  /** What is known after the entries so far; fold the next ones into it. */
  public FoldedState state() {
    return state;
  }

  /** Writes the checkpoint of the segment that ends here; the next segment begins. */
  public void write(Sink sink) throws IOException {
    Set<FoldedTable> full = EnumSet.noneOf(FoldedTable.class);
    for (FoldedTable table : FoldedTable.values()) {
      long weight = runsSinceFull.getOrDefault(table, Long.MAX_VALUE / 2) + changedRuns(table);
      if (weight >= table.in(state).runs()) {
        full.add(table);
        weight = 0;
      }
      runsSinceFull.put(table, weight);
    }
    sink.accept(0, 0, 0, CheckpointMeta.of(state, full).toBytes());
    for (FoldedTable table : FoldedTable.values()) {
      if (full.contains(table)) {
        writeRuns(table, 0, RunTable.PAGES, false, sink);
      } else {
        writeChanged(table, sink);
      }
      flush(table, sink);
    }
    state.changes().forget();
  }

  private long changedRuns(FoldedTable table) {
    long runs = 0;
    Marks marks = table.in(state.changes());
    RunTable from = table.in(state);
    for (long at = 0; at < RunTable.PAGES; at = marks.end()) {
      marks.seek(at);
      for (long page = at; marks.word(0) != 0 && page < marks.end(); page = from.end()) {
        from.seek(page);
        runs++;
      }
    }
    return runs;
  }

  private void writeChanged(FoldedTable table, Sink sink) throws IOException {
    Marks marks = table.in(state.changes());
    for (long at = 0; at < RunTable.PAGES; at = marks.end()) {
      marks.seek(at);
      if (marks.word(0) != 0) {
        writeRuns(table, at, marks.end(), true, sink);
      }
    }
  }

  /** Writes the runs of some pages, with or without those that are zero. */
  private void writeRuns(FoldedTable table, long first, long end, boolean zeros, Sink sink)
      throws IOException {
    RunTable from = table.in(state);
    for (long at = first; at < end; at = from.end()) {
      from.seek(at);
      long word = from.wordAt(at);
      if (word == 0 && !zeros) {
        continue;
      }
      columns[filled] = at;
      columns[PART_RUNS + filled] = Math.min(end, from.end());
      columns[2 * PART_RUNS + filled] = word;
      for (int more = 1; more < table.words(); more++) {
        columns[(2 + more) * PART_RUNS + filled] = from.word(more);
      }
      if (++filled == PART_RUNS) {
        flush(table, sink);
      }
    }
  }

  private void flush(FoldedTable table, Sink sink) throws IOException {
    if (filled > 0) {
      byte[] content = CheckpointPart.toBytes(table, filled, columns, PART_RUNS);
      long last = columns[PART_RUNS + filled - 1] - 1;
      sink.accept(table.code(), columns[0], last, content);
      filled = 0;
    }
  }

  @Override
  public void close() {
    state.close();
  }
}
