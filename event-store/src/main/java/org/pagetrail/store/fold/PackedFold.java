package org.pagetrail.store.fold;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;
import org.pagetrail.store.packed.DamagedBlock;
import org.pagetrail.store.packed.RecordLayouts;

/**
 * Folds packed records into a state, where they stand.
 *
 * <p>What each event does is what {@link org.pagetrail.projections.machine.MachineProjection} does
 * with it.
 */
public final class PackedFold {
  private static final int CODES = 256;

  private final int[] widths;
  private final @Nullable FoldStep[] steps = new @Nullable FoldStep[CODES];

  /**
   * A fold of the records of one file.
   *
   * @throws DamagedBlock if its schema makes no sense
   */
  public PackedFold(RecordLayouts layouts) {
    widths = layouts.widths();
    for (int code = 0; code < CODES; code++) {
      String problem = layouts.problem(code);
      if (problem != null) {
        steps[code] = refusal(problem);
      }
    }
    HostSteps.addTo(layouts, (type, step) -> steps[layouts.code(type)] = step);
    KvmSteps.addTo(layouts, (type, step) -> steps[layouts.code(type)] = step);
    SlotSteps.addTo(layouts, (type, step) -> steps[layouts.code(type)] = step);
  }

  private static FoldStep refusal(String problem) {
    return (state, seq, records, at) -> {
      throw new DamagedBlock(problem);
    };
  }

  /**
   * Folds the records of one block.
   *
   * @param firstSeq the position of the first record
   * @param through the last position to fold
   * @throws DamagedBlock if the records make no sense
   */
  public void fold(FoldedState state, long firstSeq, MemorySegment records, long through) {
    fold(state, firstSeq, records, 0, through);
  }

  /**
   * Folds the records of one block from one of them on.
   *
   * @param firstSeq the position of that record
   * @param from where it begins
   * @param through the last position to fold
   * @return where the first record begins that was not folded
   * @throws DamagedBlock if the records make no sense
   */
  public long fold(
      FoldedState state, long firstSeq, MemorySegment records, long from, long through) {
    long seq = firstSeq;
    long size = records.byteSize();
    long at = from;
    for (; at < size && seq <= through; seq++) {
      int code = records.get(ValueLayout.JAVA_BYTE, at) & 0xff;
      int width = widths[code];
      if (width == 0 || at + width > size) {
        throw new DamagedBlock("no record begins at byte " + at + " of its records");
      }
      FoldStep step = steps[code];
      if (step != null) {
        step.apply(state, seq, records, at);
      }
      at += width;
    }
    state.lastSeq(Math.max(state.lastSeq(), seq - 1));
    return at;
  }

  /**
   * The width of the record that begins at {@code at}.
   *
   * @throws DamagedBlock if none does
   */
  public int width(MemorySegment records, long at) {
    int width = at < records.byteSize() ? widths[code(records, at)] : 0;
    if (width == 0 || at + width > records.byteSize()) {
      throw new DamagedBlock("no record begins at byte " + at + " of its records");
    }
    return width;
  }

  /** Folds the one record that begins at {@code at}. */
  void foldOne(FoldedState state, long seq, MemorySegment records, long at) {
    FoldStep step = steps[code(records, at)];
    if (step != null) {
      step.apply(state, seq, records, at);
    }
  }

  /** The code of the record that begins at {@code at}. */
  public static int code(MemorySegment records, long at) {
    return records.get(ValueLayout.JAVA_BYTE, at) & 0xff;
  }
}
