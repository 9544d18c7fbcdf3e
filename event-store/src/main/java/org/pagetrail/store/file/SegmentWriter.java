package org.pagetrail.store.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.fold.Checkpointer;
import org.pagetrail.store.fold.PackedFold;
import org.pagetrail.store.packed.BlockBuilder.Packed;
import org.pagetrail.store.packed.DamagedBlock;
import org.pagetrail.store.packed.RecordLayouts;

/** Writes a trail from its first block on, with the index and the checkpoint of each segment. */
final class SegmentWriter implements AutoCloseable {
  private final TrailWriter writer;
  private final IndexedFields fields;
  private final @Nullable PackedFold fold;
  private final Checkpointer checkpoint = Checkpointer.fromStart();
  private final @Nullable MomentFold moments;
  private IndexBuilder index = new IndexBuilder();
  private int ordinal;
  private boolean isWithState = true;

  /** Writes through {@code writer}, which has written no entry yet. */
  SegmentWriter(TrailWriter writer, RecordLayouts layouts) {
    this(writer, layouts, null);
  }

  /**
   * The same.
   *
   * @param moments what tells what is known besides pages; closed with this
   */
  SegmentWriter(TrailWriter writer, RecordLayouts layouts, @Nullable MomentFold moments) {
    this.writer = writer;
    this.moments = moments;
    this.fields = new IndexedFields(layouts);
    this.fold = fold(layouts);
  }

  /** Null if the file's schema does not let a state be told; then there are no checkpoints. */
  private static @Nullable PackedFold fold(RecordLayouts layouts) {
    try {
      return new PackedFold(layouts);
    } catch (DamagedBlock otherRelease) {
      return null;
    }
  }

  /** Writes the block of the entries that wait in the writer, after the seal of a full segment. */
  void writeStaged(IntFunction<LogEntry> entries) throws IOException {
    if (writer.isSegmentFull()) {
      seal();
    }
    Packed block = writer.writeBlock();
    if (block != null) {
      take(block, entries);
    }
  }

  /** Writes one more entry as a block of its own. */
  void writeLast(LogEntry entry) throws IOException {
    writer.stage(entry);
    writeStaged(inBlock -> entry);
  }

  /**
   * Writes a block that is packed already.
   *
   * @param entries its entries by their position in it, asked for those that are no events
   */
  void write(Packed block, IntFunction<LogEntry> entries) throws IOException {
    writer.write(block);
    take(block, entries);
  }

  private void take(Packed block, IntFunction<LogEntry> entries) {
    MemorySegment records = MemorySegment.ofArray(block.records());
    fields.index(records, ordinal, entries, index);
    fold(block.firstSeq(), records);
    if (moments != null) {
      moments.take(block.count(), block.records().length, entries);
    }
    ordinal += block.count();
  }

  /** A segment without a checkpoint costs time, not truth. */
  private void fold(long firstSeq, MemorySegment records) {
    if (fold == null || !isWithState) {
      isWithState = false;
      return;
    }
    try {
      fold.fold(checkpoint.state(), firstSeq, records, Long.MAX_VALUE);
    } catch (DamagedBlock otherRelease) {
      isWithState = false;
    }
  }

  private @Nullable Checkpointer checkpoint() {
    return isWithState ? checkpoint : null;
  }

  /** Ends the segment. */
  void seal() throws IOException {
    writer.seal(takeIndex(), checkpoint(), moments);
  }

  /** Ends the segment and the trail. */
  void end() throws IOException {
    writer.end(takeIndex(), checkpoint(), moments);
  }

  private byte[] takeIndex() {
    byte[] bytes = index.toBytes();
    index = new IndexBuilder();
    ordinal = 0;
    return bytes;
  }

  /** True if the trail must be ended before it can be left. */
  boolean mustEnd() {
    return writer.mustEnd();
  }

  @Override
  public void close() {
    checkpoint.close();
    if (moments != null) {
      moments.close();
    }
  }
}
