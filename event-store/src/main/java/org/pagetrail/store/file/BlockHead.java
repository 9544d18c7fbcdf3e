package org.pagetrail.store.file;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The 64 bytes before the content of a block: two parts, A and B, each with its own CRC32C, filled
 * up with zeros to a multiple of eight bytes.
 *
 * @param kind what the content is
 * @param firstSeq the position of the first entry that the block is about
 * @param count how many entries it is about
 * @param bytesA the length of part A; of entries their fixed records
 * @param bytesB the length of part B as it is stored
 * @param plainB the length of part B when inflated
 * @param minTime the earliest time on the trail's clock
 * @param maxTime the latest time on the trail's clock
 */
record BlockHead(
    Kind kind,
    long firstSeq,
    int count,
    int bytesA,
    int bytesB,
    int plainB,
    long minTime,
    long maxTime,
    int sumA,
    int sumB) {

  /** What a block holds. */
  enum Kind {
    /** Entries. */
    ENTRIES(0),
    /** Where the entries of a segment are, by frame, page and slot. */
    INDEX(1),
    /**
     * A part of what a segment changed, as it left it: in the place of the length of part B the
     * number of its table, in the place of the times its first and its last page.
     */
    CHECKPOINT(2),
    /** The end of a segment, with its digest. */
    SEAL(3),
    /** The end of the last segment: a seal behind which its writer wrote no more. */
    END(4);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** True if the block ends a segment. */
    boolean isSeal() {
      return this == SEAL || this == END;
    }

    private static @Nullable Kind of(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      return null;
    }
  }

  static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** How many bytes a head takes. */
  static final int BYTES = 64;

  private static final int MAGIC = 0x6b6c4254;
  private static final int SUM_AT = 60;

  /** A block begins at a multiple of this, and so does each of its parts. */
  static final int ALIGNMENT = 8;

  /** How many bytes the block takes, head and filling included. */
  long blockBytes() {
    return BYTES + aligned((long) bytesA) + aligned((long) bytesB);
  }

  /** Where part B begins, counted from the head's first byte. */
  long offsetB() {
    return BYTES + aligned((long) bytesA);
  }

  static int aligned(int bytes) {
    return Math.toIntExact(aligned((long) bytes));
  }

  static long aligned(long bytes) {
    return Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT;
  }

  static long sum(MemorySegment bytes) {
    CRC32C sum = new CRC32C();
    for (long at = 0; at < bytes.byteSize(); at += 1 << 30) {
      sum.update(bytes.asSlice(at, Math.min(1 << 30, bytes.byteSize() - at)).asByteBuffer());
    }
    return sum.getValue();
  }

  /** The block as it stands in a file at {@code offset}; the sums are computed here. */
  static ByteBuffer toBytes(
      Kind kind,
      long firstSeq,
      int count,
      byte[] a,
      byte[] b,
      int plainB,
      long minTime,
      long maxTime,
      long offset) {
    int paddedA = aligned(a.length);
    int paddedB = aligned(b.length);
    ByteBuffer bytes =
        ByteBuffer.allocate(BYTES + paddedA + paddedB).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(BYTES, a).put(BYTES + paddedA, b);
    bytes.putInt(MAGIC).putInt(kind.code).putLong(firstSeq).putInt(count);
    bytes.putInt(a.length).putInt(b.length).putInt(plainB).putLong(minTime).putLong(maxTime);
    MemorySegment all = MemorySegment.ofArray(bytes.array());
    bytes.putInt((int) sum(all.asSlice(BYTES, paddedA)));
    bytes.putInt((int) sum(all.asSlice(BYTES + paddedA, paddedB)));
    bytes.putInt(0);
    bytes.putInt((int) headSum(all, offset));
    return bytes.clear();
  }

  /** A head is bound to its place, so that a block that moved is not taken for a whole one. */
  private static long headSum(MemorySegment head, long offset) {
    CRC32C sum = new CRC32C();
    sum.update(head.asSlice(0, SUM_AT).asByteBuffer());
    ByteBuffer place = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    sum.update(place.putLong(offset).flip());
    return sum.getValue();
  }

  /** The head at an offset, null if there is no whole one with a right sum and a whole block. */
  static @Nullable BlockHead read(MemorySegment file, long offset) {
    BlockHead head = readCut(file, offset);
    return head != null && head.blockBytes() <= file.byteSize() - offset ? head : null;
  }

  /** The head at an offset, even if the block that it begins was cut. */
  static @Nullable BlockHead readCut(MemorySegment file, long offset) {
    if (offset > file.byteSize() - BYTES || file.get(INT, offset) != MAGIC) {
      return null;
    }
    MemorySegment head = file.asSlice(offset, BYTES);
    Kind kind = Kind.of(head.get(INT, 4));
    if (kind == null || head.get(INT, SUM_AT) != (int) headSum(head, offset)) {
      return null;
    }
    BlockHead read =
        new BlockHead(
            kind,
            head.get(LONG, 8),
            head.get(INT, 16),
            head.get(INT, 20),
            head.get(INT, 24),
            head.get(INT, 28),
            head.get(LONG, 32),
            head.get(LONG, 40),
            head.get(INT, 48),
            head.get(INT, 52));
    return read.isPossible() ? read : null;
  }

  private boolean isPossible() {
    return firstSeq >= 0 && count >= 0 && bytesA >= 0 && bytesB >= 0 && plainB >= 0;
  }

  /** True if both parts are as they were. */
  boolean isWhole(MemorySegment file, long offset) {
    return isWholeA(file, offset) && isWholeB(file, offset);
  }

  /** True if part A, which begins {@link #BYTES} after the head's first byte, is as it was. */
  boolean isWholeA(MemorySegment file, long offset) {
    return sumA == (int) sum(file.asSlice(offset + BYTES, aligned((long) bytesA)));
  }

  /** True if part B is as it was. */
  boolean isWholeB(MemorySegment file, long offset) {
    return sumB == (int) sum(file.asSlice(offset + offsetB(), aligned((long) bytesB)));
  }
}
