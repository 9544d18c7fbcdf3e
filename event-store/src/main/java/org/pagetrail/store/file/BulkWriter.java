package org.pagetrail.store.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.packed.BlockBuilder.Packed;
import org.pagetrail.store.packed.RecordLayouts;

/** Writes a whole trail in one go, in place of what is there; nobody sees a half of it. */
public final class BulkWriter implements AutoCloseable {
  private static final int BLOCK_ENTRIES = 1 << 14;
  private static final long BLOCK_BYTES = 1 << 22;

  private final Path path;
  private final Replacement file;
  private final TrailWriter writer;
  private final SegmentWriter segments;

  /**
   * Those that wait and are no events, by their position in the block; others need no second look.
   */
  private final Map<Integer, LogEntry> foreign = new HashMap<>();

  private int staged;

  private BulkWriter(Path path, Replacement file, TrailWriter writer, RecordLayouts layouts) {
    this.path = path;
    this.file = file;
    this.writer = writer;
    this.segments = new SegmentWriter(writer, layouts);
  }

  /**
   * Writes a trail of events.
   *
   * @param run the name of the run
   * @throws StoreException if the file system refuses; then the file is as it was
   */
  public static void write(Path path, String run, Iterator<TrailEntry> entries) {
    try (BulkWriter writer = open(path, run)) {
      while (entries.hasNext()) {
        writer.add(new LogEntry.Recorded(entries.next()));
      }
      writer.commit();
    }
  }

  /**
   * Starts a trail that will take the place of a file.
   *
   * @throws StoreException if the file system refuses
   */
  public static BulkWriter open(Path path, String run) {
    return open(path, run, UnaryOperator.identity());
  }

  /** Starts a trail that is written through a disk which {@code disk} makes of the real one. */
  static BulkWriter open(Path path, String run, UnaryOperator<Storage> disk) {
    String writerThere = WriterLock.writerOf(path);
    if (writerThere != null) {
      throw WriterLock.refused(path, writerThere);
    }
    FileHead head = NewFile.head(run);
    try {
      Replacement file = Replacement.of(path, disk);
      try {
        TrailWriter writer = TrailWriter.fresh(file.storage(), head);
        return new BulkWriter(path, file, writer, RecordLayouts.of(head.schema()));
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      throw FileTrouble.unwritable(path, e);
    }
  }

  /**
   * Adds the next entry.
   *
   * @throws StoreException if the file system refuses
   * @throws IllegalArgumentException if its position is not the next one
   */
  public void add(LogEntry entry) {
    writer.stage(entry);
    if (entry instanceof LogEntry.Foreign) {
      foreign.put(staged, entry);
    }
    staged++;
    if (staged >= BLOCK_ENTRIES || writer.stagedBytes() >= BLOCK_BYTES) {
      flush();
    }
  }

  /**
   * Adds a block that is packed by the layouts of today; it must hold events only.
   *
   * @throws StoreException if the file system refuses
   */
  public void add(Packed block) {
    flush();
    try {
      if (writer.isSegmentFull()) {
        segments.seal();
      }
      segments.write(block, BulkWriter::refuse);
    } catch (IOException e) {
      throw FileTrouble.unwritable(path, e);
    }
  }

  private static LogEntry refuse(int inBlock) {
    throw new IllegalArgumentException("entry " + inBlock + " of the block is no event");
  }

  private void flush() {
    try {
      segments.writeStaged(inBlock -> Objects.requireNonNull(foreign.get(inBlock)));
      foreign.clear();
      staged = 0;
    } catch (IOException e) {
      throw FileTrouble.unwritable(path, e);
    }
  }

  /**
   * Seals the trail and puts it in its place.
   *
   * @throws StoreException if the file system refuses, or another process writes the trail that is
   *     there; then the file is as it was
   */
  public void commit() {
    flush();
    try {
      segments.end();
      WriterLock right = WriterLock.take(path);
      try {
        file.commit();
      } finally {
        right.close();
      }
    } catch (IOException e) {
      throw FileTrouble.unwritable(path, e);
    }
  }

  /** Leaves nothing behind if the trail was not committed. */
  @Override
  public void close() {
    segments.close();
    try {
      file.close();
    } catch (IOException e) {
      throw FileTrouble.unwritable(path, e);
    }
  }
}
