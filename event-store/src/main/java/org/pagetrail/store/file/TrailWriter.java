package org.pagetrail.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.file.BlockHead.Kind;
import org.pagetrail.store.fold.Checkpointer;
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
  private final MessageDigest digest = SealCheck.sha256();
  private long end;
  private long nextSeq;
  private long segmentSeq;
  private int segmentEntries = SEGMENT_ENTRIES;
  private boolean ended;
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

  /**
   * Goes on where a file ends, and cuts off what is no whole block. What is left of it is on disk
   * when this returns, whether or not its writer had come so far.
   */
  static TrailWriter after(TrailReader reader, Storage storage, @Nullable WriterLock lock)
      throws IOException {
    BlockMap.Segment tail = reader.blocks().tail();
    TrailWriter writer =
        new TrailWriter(
            storage, lock, reader.layouts(), reader.end(), reader.size(), tail.firstSeq());
    SealCheck.digest(reader.file(), tail.offset(), writer.end, writer.digest);
    writer.ended = reader.blocks().isEnded();
    if (storage.size() > writer.end) {
      storage.truncate(writer.end);
    }
    storage.force();
    return writer;
  }

  /** Starts a new file. */
  static TrailWriter fresh(Storage storage, FileHead head) throws IOException {
    ByteBuffer bytes = head.toBytes();
    int length = bytes.remaining();
    storage.write(0, bytes);
    return new TrailWriter(storage, null, RecordLayouts.of(head.schema()), length, 0, 0);
  }

  /** Appends entries as one block, which is on disk when this returns. */
  void append(List<? extends LogEntry> entries) throws IOException {
    for (LogEntry entry : entries) {
      stage(entry);
    }
    long before = end;
    try {
      writeBlock();
      force();
    } catch (IOException e) {
      cutBack(before, e);
      throw e;
    }
  }

  /** Takes an entry for the next block; one that cannot be taken empties that block. */
  void stage(LogEntry entry) {
    long due = nextSeq + builder.count();
    boolean taken = false;
    try {
      if (entry.seq() != due) {
        throw new IllegalArgumentException("event " + entry.seq() + " where " + due + " is due");
      }
      builder.add(entry);
      taken = true;
    } finally {
      if (!taken) {
        builder.clear();
      }
    }
  }

  /** How many bytes the entries take that wait to be written. */
  long stagedBytes() {
    return builder.bytes();
  }

  /** Writes the block of the entries that wait; not yet durable. */
  BlockBuilder.@Nullable Packed writeBlock() throws IOException {
    if (builder.count() == 0) {
      return null;
    }
    BlockBuilder.Packed block = builder.take();
    write(block);
    return block;
  }

  /** Writes a block that is packed already; not yet durable. */
  void write(BlockBuilder.Packed block) throws IOException {
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
  }

  /** Makes segments shorter, so that a small trail has several. */
  void sealEvery(int entries) {
    segmentEntries = entries;
  }

  /** True if the segment has as many entries as one should. */
  boolean isSegmentFull() {
    return nextSeq - segmentSeq >= segmentEntries;
  }

  /** True if the trail must be ended before it can be left. */
  boolean mustEnd() {
    return !ended && !broken;
  }

  /**
   * Ends the segment.
   *
   * @param checkpoint knows all entries; null to leave the checkpoint out
   */
  void seal(byte[] index, @Nullable Checkpointer checkpoint) throws IOException {
    seal(index, checkpoint, null);
  }

  /**
   * The same.
   *
   * @param moments tells what is known besides pages; null to leave that out
   */
  void seal(byte[] index, @Nullable Checkpointer checkpoint, @Nullable MomentFold moments)
      throws IOException {
    seal(Kind.SEAL, index, checkpoint, moments);
  }

  /** Ends the segment and with it the trail, as long as nobody appends to it. */
  void end(byte[] index, @Nullable Checkpointer checkpoint) throws IOException {
    end(index, checkpoint, null);
  }

  /** The same, with what is known besides pages. */
  void end(byte[] index, @Nullable Checkpointer checkpoint, @Nullable MomentFold moments)
      throws IOException {
    seal(Kind.END, index, checkpoint, moments);
    ended = true;
  }

  private void seal(
      Kind kind, byte[] index, @Nullable Checkpointer checkpoint, @Nullable MomentFold moments)
      throws IOException {
    long before = end;
    try {
      write(about(Kind.INDEX, index, NOTHING));
      if (checkpoint != null) {
        checkpoint.write(this::writePart);
      }
      if (checkpoint != null && moments != null) {
        moments.write(this::writePart);
      }
      force();
      write(about(kind, digest.digest(), NOTHING));
      force();
    } catch (IOException e) {
      cutBack(before, e);
      throw e;
    }
    digest.reset();
    segmentSeq = nextSeq;
  }

  private void writePart(int table, long firstPage, long lastPage, byte[] content)
      throws IOException {
    int count = Math.toIntExact(nextSeq - segmentSeq);
    write(
        BlockHead.toBytes(
            Kind.CHECKPOINT, segmentSeq, count, content, NOTHING, table, firstPage, lastPage, end));
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
    broken = true;
    storage.write(end, block.duplicate());
    broken = false;
    digest.update(block);
    end += length;
    ended = false;
  }

  private void force() throws IOException {
    broken = true;
    storage.force();
    broken = false;
  }

  /**
   * Takes back blocks that are not known to be on disk, so that no reader and no later writer takes
   * them for acknowledged. Where even that fails, the next writer cuts off what is not whole.
   */
  private void cutBack(long whole, IOException because) {
    try {
      storage.truncate(whole);
      storage.force();
    } catch (IOException e) {
      because.addSuppressed(e);
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
