package org.pagetrail.events.memory;

/**
 * A size in bytes.
 *
 * @param bytes 0 to 2<sup>63</sup> - 1
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
  /** No bytes: in a memslot request, the wish to delete. */
  public static final ByteSize ZERO = new ByteSize(0);

  /** One base page. */
  public static final ByteSize PAGE = new ByteSize(PageSize.BASE_BYTES);

  /** One level 2 block. */
  public static final ByteSize BLOCK = new ByteSize(PageSize.BLOCK_BYTES);

  /** Rejects negative sizes. */
  public ByteSize {
    if (bytes < 0) {
      throw new AddressOverflow("size " + Long.toUnsignedString(bytes) + " is above 2^63 - 1");
    }
  }

  /** A size given in MiB. */
  public static ByteSize mebibytes(long count) {
    return new ByteSize(Math.multiplyExact(count, 1L << 20));
  }

  /** Parses hexadecimal with or without {@code 0x}; throws {@link NumberFormatException}. */
  public static ByteSize parse(String text) {
    return new ByteSize(Hex.parse(text));
  }

  /** Whole base pages in this size, rounded down. */
  public long pages() {
    return bytes >>> PageSize.BASE_SHIFT;
  }

  /** True for no bytes at all. */
  public boolean isZero() {
    return bytes == 0;
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }

  @Override
  public String toString() {
    return Hex.of(bytes);
  }
}
