package org.pagetrail.store.file;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.store.file.BlockMap.Placed;
import org.pagetrail.store.fold.PackedFold;

/**
 * Single records of the blocks of a trail. A block is checked when it is first asked, and where its
 * records begin is remembered for one in {@value #STEP}, so that the next question about it does
 * not go over all of it again.
 */
final class BlockRecords {
  private static final int STEP = 32;

  /** About 2 KiB for each full block. */
  private static final int BLOCKS_KEPT = 4096;

  private final TrailReader reader;
  private final int[] widths;
  private final Map<Long, int[]> startsByOffset =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, int[]> eldest) {
          return size() > BLOCKS_KEPT;
        }
      };

  BlockRecords(TrailReader reader) {
    this.reader = reader;
    this.widths = reader.layouts().widths();
  }

  /**
   * The records of a block.
   *
   * @throws org.pagetrail.store.StoreException if their checksum is wrong, or they are not as many
   *     as the block says
   */
  Records of(int segment, Placed block) {
    int @Nullable [] starts = startsByOffset.get(block.offset());
    if (starts == null) {
      starts = starts(segment, block, reader.records(segment, block));
      startsByOffset.put(block.offset(), starts);
    }
    return new Records(reader.uncheckedRecords(block), block.head().firstSeq(), starts);
  }

  private int[] starts(int segment, Placed block, MemorySegment records) {
    int count = block.head().count();
    int[] starts = new int[Math.ceilDiv(count, STEP)];
    long size = records.byteSize();
    long at = 0;
    for (int i = 0; i < count; i++) {
      if (i % STEP == 0) {
        starts[i / STEP] = (int) at;
      }
      int width = at < size ? widths[PackedFold.code(records, at)] : 0;
      if (width == 0 || width > size - at) {
        throw reader.damaged(segment, block.offset(), "no record begins where one should");
      }
      at += width;
    }
    return starts;
  }

  /** The records of one block, quickest when they are asked for in ascending order. */
  final class Records {
    private final MemorySegment bytes;
    private final long firstSeq;
    private final int[] starts;
    private int last;
    private long lastAt;

    private Records(MemorySegment bytes, long firstSeq, int[] starts) {
      this.bytes = bytes;
      this.firstSeq = firstSeq;
      this.starts = starts;
    }

    MemorySegment bytes() {
      return bytes;
    }

    /** Where the record of an entry of the block begins. */
    long at(long seq) {
      int wanted = (int) (seq - firstSeq);
      int nearest = wanted / STEP;
      if (last > wanted || last < nearest * STEP) {
        last = nearest * STEP;
        lastAt = starts[nearest];
      }
      for (; last < wanted; last++) {
        lastAt += widths[PackedFold.code(bytes, lastAt)];
      }
      return lastAt;
    }
  }
}
