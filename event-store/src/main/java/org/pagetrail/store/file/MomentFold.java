package org.pagetrail.store.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.pagetrail.projections.findings.FindingsProjection;
import org.pagetrail.projections.findings.FindingsState;
import org.pagetrail.projections.findings.FoundChange;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.fold.Checkpointer;
import org.pagetrail.store.fold.OffHeapStores;

/**
 * Folds the events of a trail from the first on, and says at the end of each segment what is known
 * besides pages.
 *
 * <p>What grows with the pages lies outside the heap until this is closed.
 */
final class MomentFold implements AutoCloseable {
  /** What is known of the machine is told again when the events since take so much more room. */
  private static final int EVENTS_FOR_MACHINE = 8;

  /** With more changes in a segment, what is found is not told from there on. */
  private static final int CHANGES_MAX = 1 << 18;

  private final OffHeapStores stores = new OffHeapStores();
  private final FindingsProjection projection = new FindingsProjection(stores);
  private FindingsState state = projection.initial();
  private final List<FoundChange> changes = new ArrayList<>();
  private long eventBytes;
  private boolean isTold = true;

  MomentFold() {
    state.tellChanges(changes::add);
  }

  /**
   * Takes the next block.
   *
   * @param entries by their position in it
   */
  void take(int count, long blockBytes, IntFunction<LogEntry> entries) {
    eventBytes += blockBytes;
    for (int i = 0; i < count && isTold; i++) {
      if (entries.apply(i) instanceof LogEntry.Recorded recorded) {
        state = projection.apply(state, recorded.entry());
      } else {
        isTold = false; // A message of another application: no machine to tell of.
      }
      isTold &= changes.size() <= CHANGES_MAX;
    }
  }

  /** Writes what is known at the end of the segment. */
  void write(Checkpointer.Sink sink) throws IOException {
    if (!isTold) {
      sink.accept(MomentParts.FINDINGS, 0, 0, MomentParts.toBytes(new MomentParts.Changes(null)));
      return;
    }
    byte[] machine = MomentParts.toBytes(state.machine().besidesPages());
    if (machine.length <= eventBytes / EVENTS_FOR_MACHINE) {
      sink.accept(MomentParts.MACHINE, 0, 0, machine);
      eventBytes = 0;
    }
    sink.accept(MomentParts.FINDINGS, 0, 0, MomentParts.toBytes(new MomentParts.Changes(changes)));
    changes.clear();
  }

  @Override
  public void close() {
    stores.close();
  }
}
