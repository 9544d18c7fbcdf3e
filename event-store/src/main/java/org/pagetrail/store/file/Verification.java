package org.pagetrail.store.file;

import org.jspecify.annotations.Nullable;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.file.BlockMap.Placed;
import org.pagetrail.store.file.BlockMap.Segment;

/** Looks at every byte of a trail: all checksums, all digests, and that every entry can be read. */
final class Verification {
  private final TrailReader reader;

  Verification(TrailReader reader) {
    this.reader = reader;
  }

  /**
   * Looks.
   *
   * @throws StoreException that names the first byte of the first damaged block
   */
  void run() {
    for (int number = 0; number < reader.segments(); number++) {
      Segment segment = reader.segment(number);
      for (Placed block : segment.entries()) {
        reader.entries(number, block);
      }
      check(number, segment.index(), "index");
      for (Placed part : segment.checkpoint()) {
        check(number, part, "checkpoint");
      }
      checkSeal(number, segment);
    }
  }

  private void check(int segment, @Nullable Placed block, String name) {
    if (block != null
        && !(block.head().isWholeA(reader.file(), block.offset())
            && block.head().isWholeB(reader.file(), block.offset()))) {
      throw reader.damaged(segment, block.offset(), "the checksum of the " + name + " is wrong");
    }
  }

  private void checkSeal(int number, Segment segment) {
    Placed seal = segment.seal();
    if (seal == null) {
      return;
    }
    check(number, seal, "seal");
    if (segment.index() == null) {
      throw reader.damaged(number, seal.offset(), "the segment has no index");
    }
    if (!SealCheck.isRight(reader.file(), segment.offset(), seal)) {
      throw reader.damaged(number, segment.offset(), SealCheck.OTHER_SEGMENT);
    }
  }
}
