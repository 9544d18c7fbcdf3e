package org.pagetrail.store.file;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.store.file.BlockHead.Kind;
import org.pagetrail.store.file.BlockMap.Placed;
import org.pagetrail.store.file.TrailRepair.Damage;

/**
 * Which events of a damaged trail are whole from the first on without a gap. Nothing is guessed: a
 * block counts if its checksums are right and its events go on where the ones before it end.
 */
final class Salvage {
  private final MemorySegment file;
  private final List<Placed> blocks = new ArrayList<>();
  private final List<Damage> damages = new ArrayList<>();
  private long at;
  private long nextSeq;
  private int segment;
  private long segmentAt;
  private long segmentSeq;
  private int segmentBlocks;
  private boolean segmentDamaged;
  private boolean ended;

  Salvage(MemorySegment file, long firstBlock) {
    this.file = file;
    this.at = firstBlock;
    this.segmentAt = firstBlock;
    while (at < file.byteSize() && step()) {
      // Each step takes a block or ends the walk.
    }
    if (!ended && at == file.byteSize()) {
      damage(at, "the trail was not closed: it was cut, or its writer died");
    }
  }

  /** The whole blocks: those with entries, and the seals between them. */
  List<Placed> blocks() {
    return blocks;
  }

  /** How many events they have. */
  long events() {
    return nextSeq;
  }

  /** Where the walk ended. */
  long end() {
    return at;
  }

  /** True unless the whole events are known to be all that there were. */
  boolean losesEvents() {
    return !ended || at < file.byteSize();
  }

  /** What was found, in the order of the file; empty if the trail is whole. */
  List<Damage> damages() {
    return damages;
  }

  private void damage(long offset, String why) {
    damages.add(new Damage(segment, offset, why));
    segmentDamaged = true;
  }

  private boolean step() {
    BlockHead head = BlockHead.read(file, at);
    if (head == null || !follows(head)) {
      damage(at, head == null ? "no block begins here" : "a block that does not follow");
      Placed next = next();
      if (next == null) {
        return false;
      }
      at = next.offset();
      return true;
    }
    Placed block = new Placed(head, at);
    boolean isWhole = head.isWhole(file, at);
    if (!isWhole) {
      damage(at, "the checksum of a block is wrong");
    }
    if (head.kind() == Kind.ENTRIES) {
      if (!isWhole) {
        return false;
      }
      blocks.add(block);
      segmentBlocks++;
      nextSeq = block.endSeq();
      ended = false;
    } else if (head.kind().isSeal() && !close(block)) {
      return false;
    }
    at = block.end();
    return true;
  }

  private boolean follows(BlockHead head) {
    return head.kind() == Kind.ENTRIES
        ? head.firstSeq() == nextSeq && head.count() > 0
        : head.firstSeq() == segmentSeq && head.firstSeq() + head.count() == nextSeq;
  }

  /** Ends a segment; false if something in it is other than it was, and nobody can tell what. */
  private boolean close(Placed seal) {
    if (!segmentDamaged && !SealCheck.isRight(file, segmentAt, seal)) {
      damage(segmentAt, SealCheck.OTHER_SEGMENT);
      blocks.subList(blocks.size() - segmentBlocks, blocks.size()).clear();
      nextSeq = segmentSeq;
      at = segmentAt;
      return false;
    }
    blocks.add(seal);
    segment++;
    segmentAt = seal.end();
    segmentSeq = nextSeq;
    segmentBlocks = 0;
    segmentDamaged = false;
    ended = seal.head().kind() == Kind.END;
    return true;
  }

  /** The next block that goes on where the whole ones end, so that no event is between them. */
  private @Nullable Placed next() {
    return new BlockScan(file, at + BlockHead.ALIGNMENT).next(this::follows);
  }

  /** How many events the heads of later blocks speak of; there may have been more. */
  long eventsLost() {
    BlockScan scan = new BlockScan(file, at);
    while (scan.next(head -> true) != null) {
      // Each passes one more head.
    }
    return Math.max(0, scan.endSeq() - nextSeq);
  }
}
