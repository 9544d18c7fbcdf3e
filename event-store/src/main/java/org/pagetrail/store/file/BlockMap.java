package org.pagetrail.store.file;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.store.file.BlockHead.Kind;

/** Where the blocks of a file are, as far as it is whole; found by walking from head to head. */
final class BlockMap {
  /** A block and where it begins. */
  record Placed(BlockHead head, long offset) {
    long end() {
      return offset + head.blockBytes();
    }

    long endSeq() {
      return head.firstSeq() + head.count();
    }
  }

  /**
   * A run of blocks up to a seal.
   *
   * @param entries the blocks with entries
   * @param checkpoint the blocks of what it changed, none if its writer left them out
   * @param seal the block that ends it, null while it is written to
   */
  record Segment(
      int number,
      long offset,
      long firstSeq,
      List<Placed> entries,
      @Nullable Placed index,
      List<Placed> checkpoint,
      @Nullable Placed seal) {
    long endSeq() {
      return entries.isEmpty() ? firstSeq : entries.getLast().endSeq();
    }
  }

  private final List<Segment> sealed = new ArrayList<>();
  private List<Placed> open = new ArrayList<>();
  private int checked;
  private @Nullable Placed index;
  private List<Placed> checkpoint = new ArrayList<>();
  private long segmentOffset;
  private long at;
  private long nextSeq;

  /** Starts after the file's head. */
  BlockMap(long firstBlock) {
    segmentOffset = firstBlock;
    at = firstBlock;
  }

  /** The sealed segments. */
  List<Segment> sealed() {
    return sealed;
  }

  /** The segment after the last seal; without blocks if nothing was written since. */
  Segment tail() {
    return new Segment(sealed.size(), segmentOffset, firstSeq(), open, null, List.of(), null);
  }

  private long firstSeq() {
    return sealed.isEmpty() ? 0 : sealed.getLast().endSeq();
  }

  /** The number of entries in whole blocks. */
  long size() {
    return nextSeq;
  }

  /** Where the next block belongs: after the last seal or the last block with entries. */
  long end() {
    return open.isEmpty() ? segmentOffset : open.getLast().end();
  }

  /** True if the last block is one that a writer ended the trail with. */
  boolean isEnded() {
    if (sealed.isEmpty() || !open.isEmpty()) {
      return false;
    }
    Placed seal = sealed.getLast().seal();
    return seal != null && seal.head().kind() == Kind.END;
  }

  /** True if the last block ends the trail and nothing follows it. */
  boolean isClosed(MemorySegment file) {
    return isEnded() && segmentOffset == file.byteSize();
  }

  /**
   * Walks over what the file holds beyond the blocks that are known.
   *
   * @return why the walk ended before the end of the file, null if it did not
   */
  @Nullable String extend(MemorySegment file) {
    at = end();
    index = null;
    checkpoint = new ArrayList<>();
    while (at < file.byteSize()) {
      BlockHead head = BlockHead.read(file, at);
      if (head == null) {
        return "no block begins here";
      }
      if (!follows(head)) {
        return "a block that does not follow the one before it";
      }
      take(new Placed(head, at));
      at += head.blockBytes();
    }
    return null;
  }

  /** Where the last walk ended. */
  long walkedTo() {
    return at;
  }

  private boolean follows(BlockHead head) {
    return switch (head.kind()) {
      case ENTRIES -> head.firstSeq() == nextSeq && head.count() > 0 && index == null;
      case INDEX, CHECKPOINT, SEAL, END ->
          head.firstSeq() == firstSeq() && head.firstSeq() + head.count() == nextSeq;
    };
  }

  private void take(Placed block) {
    switch (block.head().kind()) {
      case ENTRIES -> {
        open.add(block);
        nextSeq = block.endSeq();
      }
      case INDEX -> index = block;
      case CHECKPOINT -> checkpoint.add(block);
      case SEAL, END -> {
        sealed.add(
            new Segment(sealed.size(), segmentOffset, firstSeq(), open, index, checkpoint, block));
        open = new ArrayList<>();
        checked = 0;
        index = null;
        checkpoint = new ArrayList<>();
        segmentOffset = block.end();
      }
    }
  }

  /** Forgets blocks of the open segment from the first whose sums are wrong. */
  @Nullable String dropTornTail(MemorySegment file) {
    for (int i = checked; i < open.size(); i++) {
      Placed block = open.get(i);
      if (!block.head().isWhole(file, block.offset())) {
        at = block.offset();
        nextSeq = block.head().firstSeq();
        open = new ArrayList<>(open.subList(0, i));
        return "the checksum of a block is wrong";
      }
      checked = i + 1;
    }
    return null;
  }

  /** True if a block with entries or a seal stands somewhere after {@code offset}. */
  static boolean isFollowed(MemorySegment file, long offset) {
    return new BlockScan(file, offset + BlockHead.ALIGNMENT)
            .next(head -> head.kind() == Kind.ENTRIES || head.kind().isSeal())
        != null;
  }
}
