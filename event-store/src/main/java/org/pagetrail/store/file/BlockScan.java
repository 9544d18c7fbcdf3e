package org.pagetrail.store.file;

import java.lang.foreign.MemorySegment;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pagetrail.store.file.BlockMap.Placed;

/**
 * Looks for blocks where the walk from head to head does not lead: at every place at which one may
 * begin. A head is bound to its place by its checksum, so that it is one that a writer put there.
 */
final class BlockScan {
  private final MemorySegment file;
  private long at;
  private long endSeq;

  /** Looks from a place on at which a block may begin. */
  BlockScan(MemorySegment file, long from) {
    this.file = file;
    this.at = from;
  }

  /**
   * The next block with a whole head, whatever its content is; the search goes on behind it.
   *
   * @return null if there is none
   */
  @Nullable Placed next(Predicate<BlockHead> wanted) {
    while (at <= file.byteSize() - BlockHead.BYTES) {
      BlockHead head = BlockHead.readCut(file, at);
      long place = at;
      at += BlockHead.ALIGNMENT;
      if (head == null) {
        continue;
      }
      endSeq = Math.max(endSeq, head.firstSeq() + head.count());
      if (head.blockBytes() <= file.byteSize() - place && wanted.test(head)) {
        at = place + head.blockBytes();
        return new Placed(head, place);
      }
    }
    return null;
  }

  /** Behind which position no head that was passed speaks of events, cut blocks included. */
  long endSeq() {
    return endSeq;
  }
}
