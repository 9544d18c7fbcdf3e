package org.pagetrail.store.file;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.file.BlockHead.Kind;
import org.pagetrail.store.packed.BlockBuilder;
import org.pagetrail.store.packed.RecordLayouts;

/**
 * Appends blocks and seals to a trail file. A failed write leaves the file as it was, or the writer
 * refuses to go on; what had been acknowledged stays in either case.
 */
final class TrailWriter implements AutoCloseable {
  /** How many entries a segment has before it is sealed. */
  static final int SEGMENT_ENTRIES = 1 << 20;

  private static final byte[] NOTHING = new byte[0];

  private final Storage storage;
  private final @Nullable WriterLock lock;
  private final BlockBuilder builder;
  private final MessageDigest digest = sha256();
  private long end;
  private long nextSeq;
  private long segmentSeq;
  private boolean broken;

  private TrailWriter(
      Storage storage,
      @Nullable WriterLock lock,
      RecordLayouts layouts,
      long end,
      long nextSeq,
      long segmentSeq) {
    this.storage = storage;
    this.lock = lock;
    this.builder = new BlockBuilder(layouts);
    this.end = end;
    this.nextSeq = nextSeq;
    this.segmentSeq = segmentSeq;
  }

  /** Goes on where a file ends, and cuts off what is no whole block. */
  static TrailWriter after(TrailReader reader, Storage storage, @Nullable WriterLock lock)
      throws IOException {
    BlockMap.Segment tail = reader.blocks().tail();
    TrailWriter writer =
        new TrailWriter(
            storage, lock, reader.layouts(), reader.end(), reader.size(), tail.firstSeq());
    long digested = writer.end - tail.offset();
    for (long at = 0; at < digested; at += 1 << 20) {
      long part = Math.min(1 << 20, digested - at);
      writer.digest.update(
          reader.file().asSlice(tail.offset() + at, part).toArray(ValueLayout.JAVA_BYTE));
    }
    if (storage.size() > writer.end) {
      storage.truncate(writer.end);
      storage.force();
    }
    return writer;
  }

  /** Starts a new file. */
  static TrailWriter fresh(Storage storage, FileHead head) throws IOException {
    ByteBuffer bytes = head.toBytes();
    int length = bytes.remaining();
    storage.write(0, bytes);
    return new TrailWriter(storage, null, RecordLayouts.of(head.schema()), length, 0, 0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Appends entries as one block, which is on disk when this returns. */
  void append(List<? extends LogEntry> entries) throws IOException {
    for (LogEntry entry : entries) {
      stage(entry);
    }
    writeBlock();
    force();
  }

  /** Takes an entry for the next block. */
  void stage(LogEntry entry) {
    long due = nextSeq + builder.count();
    if (entry.seq() != due) {
      discardStaged();
      throw new IllegalArgumentException("event " + entry.seq() + " where " + due + " is due");
    }
    builder.add(entry);
  }

  /** How many bytes the entries take that wait to be written. */
  long stagedBytes() {
    return builder.bytes();
  }

  private void discardStaged() {
    if (builder.count() > 0) {
      builder.take();
    }
  }

  /** Writes the block of the entries that wait; not yet durable. */
  BlockBuilder.@Nullable Packed writeBlock() throws IOException {
    if (builder.count() == 0) {
      return null;
    }
    BlockBuilder.Packed block = builder.take();
    write(
        BlockHead.toBytes(
            Kind.ENTRIES,
            block.firstSeq(),
            block.count(),
            block.records(),
            block.cold(),
            block.coldBytes(),
            block.minTime(),
            block.maxTime(),
            end));
    nextSeq += block.count();
    return block;
  }

  /** True if the segment has as many entries as one should. */
  boolean isSegmentFull() {
    return nextSeq - segmentSeq >= SEGMENT_ENTRIES;
  }

  /** True if entries were written since the last seal. */
  boolean hasUnsealed() {
    return nextSeq > segmentSeq && !broken;
  }

  /** Ends the segment. */
  void seal(byte[] index) throws IOException {
    write(about(Kind.INDEX, index, NOTHING));
    force();
    byte[] sum = digest.digest();
    write(about(Kind.SEAL, sum, NOTHING));
    force();
    digest.reset();
    segmentSeq = nextSeq;
  }

  private ByteBuffer about(Kind kind, byte[] a, byte[] b) {
    int count = Math.toIntExact(nextSeq - segmentSeq);
    return BlockHead.toBytes(
        kind, segmentSeq, count, a, b, b.length, Long.MAX_VALUE, Long.MIN_VALUE, end);
  }

  private void write(ByteBuffer block) throws IOException {
    if (broken) {
      throw new IOException("an earlier write failed");
    }
    int length = block.remaining();
    try {
      storage.write(end, block.duplicate());
    } catch (IOException e) {
      undo();
      throw e;
    }
    digest.update(block);
    end += length;
  }

  /** Nobody can tell what a failed write left, nor what the digest of it would be. */
  private void undo() {
    broken = true;
    try {
      storage.truncate(end);
    } catch (IOException e) {
      // The next writer cuts off what is no whole block.
    }
  }

  private void force() throws IOException {
    try {
      storage.force();
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  /** How many entries are written. */
  long size() {
    return nextSeq;
  }

  /** Lets the next writer in. */
  @Override
  public void close() {
    if (lock != null) {
      lock.close();
    }
  }
}
