package org.pagetrail.store.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.pagetrail.store.LogEntry;

/** A closed trail of a few entries in several blocks, segments and sessions. */
final class SmallTrail {
  static final Path NAME = Path.of("small.trail");
  static final List<LogEntry> ENTRIES = new AnyEntries(11).list(0, 24);
  static final byte[] BYTES = make();

  private static final int BLOCK_ENTRIES = 3;
  private static final int SEGMENT_ENTRIES = 6;

  private SmallTrail() {}

  private static byte[] make() {
    ByteBuffer head = NewFile.head("small").toBytes();
    byte[] bytes = new byte[head.remaining()];
    head.get(bytes);
    UnsafeDisk disk = new UnsafeDisk(bytes);
    try {
      session(disk, 0, 15);
      session(disk, 15, 24);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return disk.content();
  }

  private static void session(UnsafeDisk disk, int from, int to) throws IOException {
    try (FileTrailLog log = FileTrailLog.append(NAME, disk, null)) {
      Objects.requireNonNull(log.writer()).sealEvery(SEGMENT_ENTRIES);
      for (int next = from; next < to; next += BLOCK_ENTRIES) {
        log.append(ENTRIES.subList(next, next + BLOCK_ENTRIES));
      }
    }
  }

  /** Where the first block begins. */
  static int headBytes() {
    return Math.toIntExact(FileHead.read(MemorySegment.ofArray(BYTES)).bytes());
  }

  /** The blocks of the whole trail. */
  static List<BlockMap.Placed> blocks() {
    return new Salvage(MemorySegment.ofArray(BYTES), headBytes()).blocks();
  }

  /** How many entries stand wholly before an offset. */
  static int entriesBefore(long offset) {
    return Math.toIntExact(
        blocks().stream()
            .filter(block -> block.end() <= offset)
            .mapToLong(BlockMap.Placed::endSeq)
            .max()
            .orElse(0));
  }

  /** The block that holds a byte. */
  static BlockMap.Placed blockAt(long offset) {
    long at = headBytes();
    while (at < BYTES.length) {
      BlockHead head = Objects.requireNonNull(BlockHead.read(MemorySegment.ofArray(BYTES), at));
      if (offset >= at && offset < at + head.blockBytes()) {
        return new BlockMap.Placed(head, at);
      }
      at += head.blockBytes();
    }
    throw new IllegalArgumentException(offset + " is in no block");
  }
}
