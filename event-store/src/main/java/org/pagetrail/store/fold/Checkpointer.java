package org.pagetrail.store.fold;

import java.io.IOException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Writes what each segment changed, and from time to time everything: when what was written since
 * outweighs what was written then.
 *
 * <p>What is written depends on the entries alone, not on the sessions in which they came.
 */
public final class Checkpointer implements AutoCloseable {
  /** How many runs a part has, about 256 KiB: what is read and checked to look up one page. */
  private static final int PART_RUNS = 6400;

  private static final int COLUMNS_MAX = 5;

  private final FoldedState state;
  private final Map<FoldedTable, Weight> weights = new EnumMap<>(FoldedTable.class);

  /**
   * What the checkpoints of a table weigh.
   *
   * @param full how many runs the last full one has
   * @param since how many those have that followed it
   */
  public record Weight(long full, long since) {}

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
   * @param weights of the checkpoints so far; a table that is not named gets a full one next
   */
  public static Checkpointer after(FoldedState state, Map<FoldedTable, Weight> weights) {
    Checkpointer next = new Checkpointer(state.forkNoting());
    next.weights.putAll(weights);
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
      Weight before = weights.get(table);
      long since = (before == null ? 0 : before.since()) + runs(table, false);
      if (before == null || since > before.full()) {
        full.add(table);
        weights.put(table, new Weight(runs(table, true), 0));
      } else {
        weights.put(table, new Weight(before.full(), since));
      }
    }
    sink.accept(0, 0, 0, CheckpointMeta.of(state, full).toBytes());
    for (FoldedTable table : FoldedTable.values()) {
      Parts parts = new Parts(table, sink);
      tell(table, full.contains(table), parts);
      parts.flush();
    }
    state.changes().forget();
  }

  private long runs(FoldedTable table, boolean all) throws IOException {
    Joined joined = new Joined(table);
    tell(table, all, joined);
    return joined.runs;
  }

  /** Tells all runs that are not zero, or those of the pages that changed. */
  private void tell(FoldedTable table, boolean all, Joined to) throws IOException {
    if (all) {
      tell(table, 0, RunTable.PAGES, false, to);
    } else {
      Marks marks = table.in(state.changes());
      for (long at = 0; at < RunTable.PAGES; at = marks.end()) {
        marks.seek(at);
        if (marks.word(0) != 0) {
          tell(table, at, marks.end(), true, to);
        }
      }
    }
    to.end();
  }

  private void tell(FoldedTable table, long first, long end, boolean zeros, Joined to)
      throws IOException {
    RunTable from = table.in(state);
    for (long at = first; at < end; at = from.end()) {
      from.seek(at);
      long word = from.wordAt(at);
      if (word != 0 || zeros) {
        long word1 = table.words() > 1 ? from.word(1) : 0;
        long word2 = table.words() > 2 ? from.word(2) : 0;
        to.add(at, Math.min(end, from.end()), word, word1, word2);
      }
    }
  }

  /** Joins runs that go on in the next, however the table came to cut them, and counts them. */
  private static class Joined {
    final FoldedTable table;
    long runs;
    private long first = -1;
    private long end;
    private long word0;
    private long word1;
    private long word2;

    Joined(FoldedTable table) {
      this.table = table;
    }

    final void add(long nextFirst, long nextEnd, long next0, long next1, long next2)
        throws IOException {
      boolean goesOn =
          first >= 0
              && end == nextFirst
              && word1 == next1
              && word2 == next2
              && table.further(word0, end - first) == next0
              && !table.isWhole(word0);
      if (!goesOn) {
        end();
        first = nextFirst;
        word0 = next0;
        word1 = next1;
        word2 = next2;
      }
      end = nextEnd;
    }

    final void end() throws IOException {
      if (first >= 0) {
        runs++;
        take(first, end, word0, word1, word2);
        first = -1;
      }
    }

    void take(long runFirst, long runEnd, long run0, long run1, long run2) throws IOException {
      // Only counted.
    }
  }

  /** Writes the runs in parts. */
  private static final class Parts extends Joined {
    private final Sink sink;
    private final long[] columns = new long[COLUMNS_MAX * PART_RUNS];
    private int filled;

    private Parts(FoldedTable table, Sink sink) {
      super(table);
      this.sink = sink;
    }

    @Override
    void take(long runFirst, long runEnd, long run0, long run1, long run2) throws IOException {
      columns[filled] = runFirst;
      columns[PART_RUNS + filled] = runEnd;
      columns[2 * PART_RUNS + filled] = run0;
      columns[3 * PART_RUNS + filled] = run1;
      columns[4 * PART_RUNS + filled] = run2;
      if (++filled == PART_RUNS) {
        flush();
      }
    }

    private void flush() throws IOException {
      if (filled > 0) {
        byte[] content = CheckpointPart.toBytes(table, filled, columns, PART_RUNS);
        long last = columns[PART_RUNS + filled - 1] - 1;
        sink.accept(table.code(), columns[0], last, content);
        filled = 0;
      }
    }
  }

  @Override
  public void close() {
    state.close();
  }
}
