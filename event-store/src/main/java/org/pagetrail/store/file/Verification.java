package org.pagetrail.store.file;

import org.jspecify.annotations.Nullable;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.file.BlockMap.Placed;
import org.pagetrail.store.file.BlockMap.Segment;

/** Looks at every byte of a trail: all checksums, all digests, and that every entry can be read. */
final class Verification {
  private final TrailReader reader;
  private @Nullable StoreException besideEvents;

  Verification(TrailReader reader) {
    this.reader = reader;
  }

  /**
   * Looks. Damaged events go before what is computed from events, as that can be computed anew.
   *
   * @throws StoreException that names the first byte of the first damaged block
   */
  void run() {
    for (int number = 0; number < reader.segments(); number++) {
      Segment segment = reader.segment(number);
      for (Placed block : segment.entries()) {
        reader.entries(number, block);
      }
      boolean isWhole = isWhole(number, segment.index(), "index");
      for (Placed part : segment.checkpoint()) {
        isWhole &= isWhole(number, part, "checkpoint");
      }
      checkSeal(number, segment, isWhole);
    }
    if (besideEvents != null) {
      throw besideEvents;
    }
  }

  private boolean isWhole(int segment, @Nullable Placed block, String name) {
    if (block == null || block.head().isWhole(reader.file(), block.offset())) {
      return true;
    }
    note(segment, block.offset(), "the checksum of the " + name + " is wrong");
    return false;
  }

  private void note(int segment, long offset, String why) {
    if (besideEvents == null) {
      besideEvents = reader.damagedBesideEvents(segment, offset, why);
    }
  }

  /** What a seal says of a segment is not comparable where a block of it is damaged. */
  private void checkSeal(int number, Segment segment, boolean isComparable) {
    Placed seal = segment.seal();
    if (seal == null) {
      return;
    }
    if (segment.index() == null) {
      note(number, seal.offset(), "the segment has no index");
    }
    if (isWhole(number, seal, "seal")
        && isComparable
        && !SealCheck.isRight(reader.file(), segment.offset(), seal)) {
      throw reader.damaged(number, segment.offset(), SealCheck.OTHER_SEGMENT);
    }
  }
}
