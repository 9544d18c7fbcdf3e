package org.pagetrail.store.fold;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.pagetrail.store.packed.DamagedBlock;

/**
 * Runs of one table at the end of a segment, ascending, read where they stand.
 *
 * <p>The number of the table and of the runs, 32 bits each; then columns of 64 bits: the first page
 * of each run, the page after its last, and the words of its value.
 */
public final class CheckpointPart {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int HEAD_BYTES = 8;

  private final MemorySegment bytes;
  private final FoldedTable table;
  private final int runs;

  /**
   * The part in these bytes.
   *
   * @throws DamagedBlock if they have another size than they say
   */
  public CheckpointPart(MemorySegment bytes) {
    if (bytes.byteSize() < HEAD_BYTES) {
      throw new DamagedBlock("a part of a checkpoint is cut short");
    }
    this.bytes = bytes;
    this.table = FoldedTable.of(bytes.get(INT, 0));
    this.runs = bytes.get(INT, Integer.BYTES);
    long columns = 2L + table.words();
    if (runs < 0 || HEAD_BYTES + columns * runs * Long.BYTES != bytes.byteSize()) {
      throw new DamagedBlock("a part of a checkpoint has another size than it says");
    }
  }

  /** The bytes of a part, its columns one after the other with {@code stride} places each. */
  static byte[] toBytes(FoldedTable table, int runs, long[] columns, int stride) {
    int count = 2 + table.words();
    ByteBuffer out =
        ByteBuffer.allocate(HEAD_BYTES + count * runs * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(table.code()).putInt(runs);
    for (int column = 0; column < count; column++) {
      out.asLongBuffer().put(columns, column * stride, runs);
      out.position(out.position() + runs * Long.BYTES);
    }
    return out.array();
  }

  /** The table that the runs are of. */
  public FoldedTable table() {
    return table;
  }

  /** How many runs a part of so many bytes has. */
  public static long runsIn(FoldedTable table, long partBytes) {
    return (partBytes - HEAD_BYTES) / ((2L + table.words()) * Long.BYTES);
  }

  private long get(int column, int run) {
    return bytes.get(LONG, HEAD_BYTES + ((long) column * runs + run) * Long.BYTES);
  }

  /** The run that holds a page, -1 if none does: the segment did not change the page. */
  int find(long page) {
    int low = 0;
    int high = runs - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (get(0, middle) > page) {
        high = middle - 1;
      } else if (get(1, middle) <= page) {
        low = middle + 1;
      } else {
        return middle;
      }
    }
    return -1;
  }

  /** Puts a run into its table of a state. */
  void restore(int run, FoldedState state) {
    RunTable into = table.in(state);
    long word1 = table.words() > 1 ? get(3, run) : 0;
    long word2 = table.words() > 2 ? get(4, run) : 0;
    try {
      into.put(get(0, run), get(1, run), get(2, run), word1, word2);
    } catch (IllegalArgumentException e) {
      throw new DamagedBlock(String.valueOf(e.getMessage()));
    }
  }

  /** Puts one page of a run into its table of a state; of a block that holds it, all pages. */
  void restorePage(int run, long page, FoldedState state) {
    long word = get(2, run);
    if (table.isWhole(word)) {
      restore(run, state);
      return;
    }
    long there = table.further(word, page - get(0, run));
    long word1 = table.words() > 1 ? get(3, run) : 0;
    long word2 = table.words() > 2 ? get(4, run) : 0;
    table.in(state).put(page, page + 1, there, word1, word2);
  }

  /** Puts all runs into a state, in which they replace what they hold. */
  public void restore(FoldedState state) {
    for (int run = 0; run < runs; run++) {
      restore(run, state);
    }
  }

  /**
   * Puts a page into a state, and with it the block that it lies in.
   *
   * @return false if the part does not hold it
   */
  public boolean restorePage(long page, FoldedState state) {
    int run = find(page);
    if (run >= 0) {
      restorePage(run, page, state);
    }
    return run >= 0;
  }
}
