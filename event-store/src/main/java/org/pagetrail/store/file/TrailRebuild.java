package org.pagetrail.store.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.file.BlockHead.Kind;
import org.pagetrail.store.file.BlockMap.Placed;
import org.pagetrail.store.file.BlockMap.Segment;

/** Computes the indexes and checkpoints of a trail anew from its entries. */
public final class TrailRebuild {
  /** Trails of no more events are folded anew when somebody asks for a state of everything. */
  private static final long EVENTS_FOR_MOMENTS = TrailWriter.SEGMENT_ENTRIES;

  private final Path path;
  private final TrailReader reader;
  private final LongConsumer progress;
  private final boolean isWithMoments;

  /**
   * How the stored ones compare with the computed ones.
   *
   * @param segments how many sealed segments there are
   * @param indexes the segments whose stored index is another one, or missing
   * @param checkpoints the same for checkpoints, of what they tell of pages
   * @param moments the same for what they tell besides pages, which short trails do without
   * @param seals the segments whose seal is damaged itself
   */
  public record Outcome(
      long events,
      int segments,
      List<Integer> indexes,
      List<Integer> checkpoints,
      List<Integer> moments,
      List<Integer> seals) {
    /** Copies the lists. */
    public Outcome {
      indexes = List.copyOf(indexes);
      checkpoints = List.copyOf(checkpoints);
      moments = List.copyOf(moments);
      seals = List.copyOf(seals);
    }

    /** True if all stored ones are as they are computed. */
    public boolean isSame() {
      return indexes.isEmpty() && checkpoints.isEmpty() && moments.isEmpty() && seals.isEmpty();
    }
  }

  private TrailRebuild(
      Path path, TrailReader reader, long eventsForMoments, LongConsumer progress) {
    this.path = path;
    this.reader = reader;
    this.progress = progress;
    this.isWithMoments = reader.size() > eventsForMoments;
  }

  /**
   * Computes them and compares. Where one differs and {@code write} is set, the trail is replaced
   * by one with the same entries and the computed ones.
   *
   * @param progress is told from time to time how many entries were looked at
   * @throws StoreException if the trail is damaged or not closed, another process writes it, or a
   *     segment is not the one that its seal was made for: a new seal would hide that. Where an
   *     index or a checkpoint is damaged, only what is written tells whether it is, so that without
   *     {@code write} this is not found
   */
  public static Outcome rebuild(Path path, boolean write, LongConsumer progress) {
    return rebuild(path, write, EVENTS_FOR_MOMENTS, progress);
  }

  /** The same, where trails of more than so many events hold what is known besides pages. */
  static Outcome rebuild(Path path, boolean write, long eventsForMoments, LongConsumer progress) {
    if (!write) {
      return compare(path, false, eventsForMoments, progress);
    }
    try {
      WriterLock right = WriterLock.take(path); // Before it is read: nobody adds to it meanwhile.
      try {
        return compare(path, true, eventsForMoments, progress);
      } finally {
        right.close();
      }
    } catch (IOException e) {
      throw FileTrouble.unwritable(path, e);
    }
  }

  private static Outcome compare(
      Path path, boolean write, long eventsForMoments, LongConsumer progress) {
    try (FileTrailLog log = FileTrailLog.open(path)) {
      TrailReader reader = log.reader();
      String writer = write ? null : reader.writer();
      if (writer != null) {
        throw WriterLock.refused(path, writer);
      }
      if (!reader.isClosed()) {
        throw reader.notClosed();
      }
      TrailRebuild rebuild = new TrailRebuild(path, reader, eventsForMoments, progress);
      Outcome outcome = ComputedBlocks.compare(reader, rebuild.isWithMoments, progress);
      if (write && !outcome.isSame()) {
        rebuild.write(outcome);
      }
      return outcome;
    }
  }

  /**
   * Makes sure that segments of which an index or a checkpoint was damaged have the old seals again
   * with the computed ones. A trail to which is added what it lacked has other seals in any case.
   */
  private void checkNewSeals(Outcome outcome, MemorySegment written) {
    if (!outcome.moments().isEmpty()) {
      return;
    }
    TrailReader anew = new TrailReader(path, written);
    for (Segment segment : reader.blocks().sealed()) {
      Placed seal = segment.seal();
      Placed newSeal = anew.segment(segment.number()).seal();
      boolean isComputed =
          !isWhole(segment.index()) || !segment.checkpoint().stream().allMatch(this::isWhole);
      if (seal != null
          && newSeal != null
          && isComputed
          && isWhole(seal)
          && !SealCheck.areSame(reader.file(), seal, written, newSeal)) {
        throw reader.damaged(
            segment.number(),
            segment.offset(),
            "with a computed index and checkpoint "
                + SealCheck.OTHER_SEGMENT
                + ": events were changed together with their checksums, or another release wrote"
                + " what is damaged");
      }
    }
  }

  private boolean isWhole(@Nullable Placed block) {
    return block == null || block.head().isWhole(reader.file(), block.offset());
  }

  private IntFunction<LogEntry> entries(int segment, Placed block) {
    return inBlock -> reader.entries(segment, block).get(inBlock);
  }

  private void write(Outcome outcome) {
    try (Replacement to = Replacement.of(path);
        SegmentWriter segments =
            new SegmentWriter(
                TrailWriter.fresh(to.storage(), reader.head()),
                reader.layouts(),
                isWithMoments ? new MomentFold() : null)) {
      for (Segment segment : reader.blocks().sealed()) {
        for (Placed block : segment.entries()) {
          int number = segment.number();
          segments.write(reader.packed(number, block), entries(number, block));
          progress.accept(block.endSeq());
        }
        Placed seal = segment.seal();
        if (seal != null && seal.head().kind() == Kind.END) {
          segments.end();
        } else {
          segments.seal();
        }
      }
      checkNewSeals(outcome, to.storage().view());
      to.commit();
    } catch (IOException e) {
      throw FileTrouble.unwritable(path, e);
    }
  }
}
