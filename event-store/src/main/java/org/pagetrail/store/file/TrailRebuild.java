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
  private final Path path;
  private final TrailReader reader;
  private final LongConsumer progress;
  private final List<Integer> indexes = new ArrayList<>();
  private final List<Integer> checkpoints = new ArrayList<>();

  /**
   * How the stored ones compare with the computed ones.
   *
   * @param segments how many sealed segments there are
   * @param indexes the segments whose stored index is another one, or missing
   * @param checkpoints the same for checkpoints
   */
  public record Outcome(
      long events, int segments, List<Integer> indexes, List<Integer> checkpoints) {
    /** Copies the lists. */
    public Outcome {
      indexes = List.copyOf(indexes);
      checkpoints = List.copyOf(checkpoints);
    }

    /** True if all stored ones are as they are computed. */
    public boolean isSame() {
      return indexes.isEmpty() && checkpoints.isEmpty();
    }
  }

  private TrailRebuild(Path path, TrailReader reader, LongConsumer progress) {
    this.path = path;
    this.reader = reader;
    this.progress = progress;
  }

  /**
   * Computes them and compares. Where one differs and {@code write} is set, the trail is replaced
   * by one with the same entries and the computed ones.
   *
   * @param progress is told from time to time how many entries were looked at
   * @throws StoreException if the trail is damaged or not closed, or another process writes it
   */
  public static Outcome rebuild(Path path, boolean write, LongConsumer progress) {
    if (!write) {
      return compare(path, false, progress);
    }
    try {
      WriterLock right = WriterLock.take(path); // Before it is read: nobody adds to it meanwhile.
      try {
        return compare(path, true, progress);
      } finally {
        right.close();
      }
    } catch (IOException e) {
      throw FileTrouble.unwritable(path, e);
    }
  }

  private static Outcome compare(Path path, boolean write, LongConsumer progress) {
    try (FileTrailLog log = FileTrailLog.open(path)) {
      TrailReader reader = log.reader();
      String writer = write ? null : reader.writer();
      if (writer != null) {
        throw WriterLock.refused(path, writer);
      }
      if (!reader.isClosed()) {
        throw reader.notClosed();
      }
      TrailRebuild rebuild = new TrailRebuild(path, reader, progress);
      rebuild.compare();
      Outcome outcome =
          new Outcome(
              reader.size(), reader.blocks().sealed().size(), rebuild.indexes, rebuild.checkpoints);
      if (write && !outcome.isSame()) {
        rebuild.write();
      }
      return outcome;
    }
  }

  private void compare() {
    IndexedFields fields = new IndexedFields(reader.layouts());
    PackedFold fold = new PackedFold(reader.layouts());
    try (Checkpointer checkpointer = Checkpointer.fromStart()) {
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
          progress.accept(block.endSeq());
        }
        if (!isStored(segment.index(), index.toBytes())) {
          indexes.add(segment.number());
        }
        compareCheckpoint(segment, checkpointer);
      }
    }
  }

  private IntFunction<LogEntry> entries(int segment, Placed block) {
    return inBlock -> reader.entries(segment, block).get(inBlock);
  }

  private void compareCheckpoint(Segment segment, Checkpointer checkpointer) {
    int[] parts = new int[1];
    boolean[] differs = new boolean[1];
    try {
      checkpointer.write((table, firstPage, lastPage, content) -> {
        int at = parts[0]++;
        Placed stored = at < segment.checkpoint().size() ? segment.checkpoint().get(at) : null;
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
    if (differs[0] || parts[0] != segment.checkpoint().size()) {
      checkpoints.add(segment.number());
    }
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
            new SegmentWriter(TrailWriter.fresh(to.storage(), reader.head()), reader.layouts())) {
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
      to.commit();
    } catch (IOException e) {
      throw FileTrouble.unwritable(path, e);
    }
  }
}
