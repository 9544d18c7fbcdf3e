package org.pagetrail.events.memory;

/**
 * A guest frame number: a guest physical address divided by the page size.
 *
 * @param value the number of the 4 KiB page, at most 2<sup>52</sup> - 1
 */
public record Gfn(long value) implements Comparable<Gfn> {

  /** Rejects numbers whose byte address would not fit 64 bits. */
  public Gfn {
    if (value < 0 || value >= 1L << 52) {
      throw new AddressOverflow("page number " + Hex.of(value) + " is not below 2^52");
    }
  }

  /** Parses hexadecimal with or without {@code 0x}; throws {@link NumberFormatException}. */
  public static Gfn parse(String text) {
    return new Gfn(Hex.parse(text));
  }

  /**
   * The page {@code pages} further on.
   *
   * @throws AddressOverflow if there is no such page
   */
  public Gfn plus(long pages) {
    return new Gfn(Math.addExact(value, pages));
  }

  @Override
  public int compareTo(Gfn other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Hex.of(value);
  }

  /** The guest physical address of the frame's first byte. */
  public Gpa gpa() {
    return new Gpa(value << PageSize.BASE_SHIFT);
  }
}
