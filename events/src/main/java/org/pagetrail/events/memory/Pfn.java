package org.pagetrail.events.memory;

/**
 * A host page frame number.
 *
 * @param value the number of the 4 KiB page, at most 2<sup>52</sup> - 1
 */
public record Pfn(long value) implements Comparable<Pfn> {

  /** Rejects numbers whose byte address would not fit 64 bits. */
  public Pfn {
    if (value < 0 || value >= 1L << 52) {
      throw new AddressOverflow("page number " + Hex.of(value) + " is not below 2^52");
    }
  }

  /** Parses hexadecimal with or without {@code 0x}; throws {@link NumberFormatException}. */
  public static Pfn parse(String text) {
    return new Pfn(Hex.parse(text));
  }

  /**
   * The page {@code pages} further on.
   *
   * @throws AddressOverflow if there is no such page
   */
  public Pfn plus(long pages) {
    return new Pfn(Math.addExact(value, pages));
  }

  @Override
  public int compareTo(Pfn other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Hex.of(value);
  }
}
