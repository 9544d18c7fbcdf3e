package org.pagetrail.bench.log;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pagetrail.bench.log.RecordShift.Distance;
import org.pagetrail.store.file.BulkWriter;
import org.pagetrail.store.file.FileTrailLog;
import org.pagetrail.store.packed.BlockBuilder.Packed;
import org.pagetrail.store.packed.RecordLayouts;

/**
 * Recorded runs one after the other, again and again, each copy on pages, frames and memslots of
 * its own: the mix of events and their locality stay those of the recordings, and the state grows.
 */
public final class RepeatedRuns {
  /** 8 GiB: further apart than the addresses of one recorded run. */
  private static final long PAGES_APART = 1L << 21;

  private static final long FRAMES_APART = 1L << 24;
  private static final int SLOTS_APART = 32;

  /** Copies after which the numbers of memslots begin anew: they have 16 bits. */
  private static final int SLOT_COPIES = 2000;

  private final List<List<Packed>> runs = new ArrayList<>();

  /** Reads the runs, trails of this release. */
  public RepeatedRuns(List<Path> trails) {
    for (Path trail : trails) {
      try (FileTrailLog log = FileTrailLog.open(trail)) {
        List<Packed> blocks = new ArrayList<>();
        log.reader().eachPacked(blocks::add);
        runs.add(blocks);
      }
    }
  }

  /**
   * Writes a trail.
   *
   * @param events how many it has at least; its last copy may be cut after any block
   * @param partAt from this position on all frames are others; -1 for nowhere
   */
  public void write(Path output, long events, long partAt) {
    RecordShift shift = new RecordShift(RecordLayouts.current());
    long next = 0;
    try (BulkWriter writer = BulkWriter.open(output, "repeated")) {
      for (int copy = 0; next < events; copy++) {
        for (Packed block : runs.get(copy % runs.size())) {
          if (next < events) {
            writer.add(shift.copy(block, next, distance(copy, partAt >= 0 && next >= partAt)));
            next += block.count();
          }
        }
      }
      writer.commit();
    }
  }

  private static Distance distance(int copy, boolean parted) {
    return new Distance(
        copy * PAGES_APART,
        copy * PAGES_APART,
        copy * FRAMES_APART + (parted ? FRAMES_APART / 2 : 0),
        copy % SLOT_COPIES * SLOTS_APART);
  }
}
