package org.pagetrail.store.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.file.BlockHead.Kind;
import org.pagetrail.store.file.BlockMap.Placed;
import org.pagetrail.store.file.BlockMap.Segment;
import org.pagetrail.store.fold.Checkpointer;
import org.pagetrail.store.fold.PackedFold;
import org.pagetrail.store.packed.DamagedBlock;

/** Computes the indexes and checkpoints of a trail anew from its entries. */
public final class TrailRebuild {
  /** Trails of no more events are folded anew when somebody asks for a state of everything. */
  private static final long EVENTS_FOR_MOMENTS = TrailWriter.SEGMENT_ENTRIES;

  private final Path path;
  private final TrailReader reader;
  private final LongConsumer progress;
  private final List<Integer> indexes = new ArrayList<>();
  private final List<Integer> checkpoints = new ArrayList<>();
  private final List<Integer> moments = new ArrayList<>();
  private final List<Integer> seals = new ArrayList<>();
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
      rebuild.compare();
      Outcome outcome =
          new Outcome(
              reader.size(),
              reader.blocks().sealed().size(),
              rebuild.indexes,
              rebuild.checkpoints,
              rebuild.moments,
              rebuild.seals);
      if (write && !outcome.isSame()) {
        rebuild.write();
      }
      return outcome;
    }
  }

  private void compare() {
    IndexedFields fields = new IndexedFields(reader.layouts());
    PackedFold fold = new PackedFold(reader.layouts());
    boolean isMomentsCompared = isWithMoments && areMomentsThere();
    try (Checkpointer checkpointer = Checkpointer.fromStart();
        MomentFold known = new MomentFold()) {
      for (Segment segment : reader.blocks().sealed()) {
        IndexBuilder index = new IndexBuilder();
        for (Placed block : segment.entries()) {
          int number = segment.number();
          MemorySegment records = reader.records(number, block);
          int ordinal = Math.toIntExact(block.head().firstSeq() - segment.firstSeq());
          try {
            fields.index(records, ordinal, entries(number, block), index);
            long first = block.head().firstSeq();
            fold.fold(checkpointer.state(), first, records, Long.MAX_VALUE);
          } catch (DamagedBlock e) {
            throw reader.damaged(number, block.offset(), String.valueOf(e.getMessage()));
          }
          if (isMomentsCompared) {
            known.take(block.head().count(), records.byteSize(), entries(number, block));
          }
          progress.accept(block.endSeq());
        }
        if (!isStored(segment.index(), index.toBytes())) {
          indexes.add(segment.number());
        }
        List<Placed> stored = segment.checkpoint();
        List<Placed> pages = stored.stream().filter(part -> !MomentParts.isOne(part)).toList();
        if (!areStored(pages, checkpointer::write)) {
          checkpoints.add(segment.number());
        }
        List<Placed> besides = stored.stream().filter(MomentParts::isOne).toList();
        if (isMomentsCompared ? !areStored(besides, known::write) : isWithMoments) {
          moments.add(segment.number());
        }
        checkSeal(segment);
      }
    }
  }

  /**
   * A seal that is damaged itself is computed anew. One that is whole must fit, unless what is
   * computed anew is what was damaged.
   */
  private void checkSeal(Segment segment) {
    Placed seal = segment.seal();
    if (seal == null) {
      return;
    }
    if (!isWhole(seal)) {
      seals.add(segment.number());
    } else if (isWhole(segment.index())
        && segment.checkpoint().stream().allMatch(this::isWhole)
        && !SealCheck.isRight(reader.file(), segment.offset(), seal)) {
      throw reader.damaged(segment.number(), segment.offset(), SealCheck.OTHER_SEGMENT);
    }
  }

  /**
   * Makes sure that segments of which an index or a checkpoint was damaged have the old seals again
   * with the computed ones. A trail to which is added what it lacked has other seals in any case.
   */
  private void checkNewSeals(MemorySegment written) {
    if (!moments.isEmpty()) {
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

  /** False if they must be written anyhow: then they are not computed twice. */
  private boolean areMomentsThere() {
    return reader.blocks().sealed().stream()
        .allMatch(segment -> segment.checkpoint().stream().anyMatch(MomentParts::isOne));
  }

  /** Writes parts of a checkpoint. */
  @FunctionalInterface
  private interface Parts {
    void write(Checkpointer.Sink sink) throws IOException;
  }

  private IntFunction<LogEntry> entries(int segment, Placed block) {
    return inBlock -> reader.entries(segment, block).get(inBlock);
  }

  private boolean areStored(List<Placed> there, Parts computed) {
    int[] parts = new int[1];
    boolean[] differs = new boolean[1];
    try {
      computed.write((table, firstPage, lastPage, content) -> {
        int at = parts[0]++;
        Placed stored = at < there.size() ? there.get(at) : null;
        differs[0] |=
            stored == null
                || stored.head().plainB() != table
                || stored.head().minTime() != firstPage
                || stored.head().maxTime() != lastPage
                || !isStored(stored, content);
      });
    } catch (IOException e) {
      throw new IllegalStateException("nothing was written", e);
    }
    return !differs[0] && parts[0] == there.size();
  }

  private boolean isStored(@Nullable Placed block, byte[] content) {
    return block != null
        && block.head().isWholeA(reader.file(), block.offset())
        && block.head().bytesA() == content.length
        && Arrays.equals(
            reader
                .file()
                .asSlice(block.offset() + BlockHead.BYTES, content.length)
                .toArray(ValueLayout.JAVA_BYTE),
            content);
  }

  private void write() {
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
      checkNewSeals(to.storage().view());
      to.commit();
    } catch (IOException e) {
      throw FileTrouble.unwritable(path, e);
    }
  }
}
