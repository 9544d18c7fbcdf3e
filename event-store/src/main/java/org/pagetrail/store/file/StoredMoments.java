package org.pagetrail.store.file;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagetrail.projections.findings.FoundChange;
import org.pagetrail.projections.findings.FoundSoFar;
import org.pagetrail.projections.machine.MachineBesidesPages;
import org.pagetrail.projections.machine.MachineProjection;
import org.pagetrail.projections.machine.MachineSnapshot;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.TrailFile;
import org.pagetrail.store.file.BlockMap.Placed;
import org.pagetrail.store.file.MomentParts.Changes;
import org.pagetrail.store.file.MomentParts.OtherForm;
import org.pagetrail.store.fold.FoldedState;
import org.pagetrail.store.fold.FoldedStores;

/**
 * The machine after an entry, and what was found up to it, from what checkpoints hold of both: the
 * machine at the last checkpoint before the entry with the events behind that, and the changes of
 * what is found.
 */
final class StoredMoments {
  private final TrailReader reader;
  private final Checkpoints checkpoints;

  StoredMoments(TrailReader reader, Checkpoints checkpoints) {
    this.reader = reader;
    this.checkpoints = checkpoints;
  }

  /** Empty if the checkpoints do not hold all that is needed, or another release wrote it. */
  Optional<WholeState> at(long seq) {
    try {
      FoundSoFar found = found(seq);
      for (int from = reader.segmentOf(seq); found != null && from >= 0; from--) {
        long end = reader.segment(from).endSeq() - 1;
        Placed part = part(from, MomentParts.MACHINE);
        if (end <= seq && part != null && checkpoints.usable(from) == from) {
          MachineBesidesPages rest = read(from, part, MachineBesidesPages.class);
          return Optional.of(new WholeState(machine(from, rest, seq), found.findings()));
        }
      }
      return Optional.empty();
    } catch (OtherForm otherRelease) {
      return Optional.empty();
    }
  }

  private MachineSnapshot machine(int from, MachineBesidesPages rest, long seq) {
    FoldedState pages = FoldedState.empty();
    try (FoldedStores stores = new FoldedStores(pages)) {
      checkpoints.restore(from, pages);
      MachineProjection projection = new MachineProjection(stores);
      MachineState state = stores.machine(rest);
      Iterator<LogEntry> entries = reader.read(rest.lastSeq() + 1);
      while (state.lastSeq() < seq) {
        state = projection.apply(state, TrailFile.event(reader.path(), entries.next()));
      }
      return MachineSnapshot.of(state);
    }
  }

  /** Null if the changes are not all told. */
  private @Nullable FoundSoFar found(long seq) throws OtherForm {
    FoundSoFar found = new FoundSoFar();
    for (int number = 0; number <= reader.segmentOf(seq); number++) {
      Placed part = part(number, MomentParts.FINDINGS);
      List<FoundChange> changes = part == null ? null : read(number, part, Changes.class).changes();
      if (changes == null) {
        return null;
      }
      for (FoundChange change : changes) {
        if (change.seq() <= seq) {
          take(change, found);
        }
      }
    }
    return found;
  }

  private static void take(FoundChange change, FoundSoFar into) throws OtherForm {
    try {
      into.take(change);
    } catch (IllegalArgumentException e) {
      throw new OtherForm(e);
    }
  }

  private @Nullable Placed part(int segment, int number) {
    for (Placed block : reader.segment(segment).checkpoint()) {
      if (block.head().plainB() == number) {
        return block;
      }
    }
    return null;
  }

  private <P> P read(int segment, Placed block, Class<P> type) throws OtherForm {
    return MomentParts.read(checkpoints.bytes(segment, block), type);
  }
}
