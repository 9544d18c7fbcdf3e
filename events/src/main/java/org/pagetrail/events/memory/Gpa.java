package org.pagetrail.events.memory;

/**
 * A guest physical address (IPA on arm), in bytes.
 *
 * @param value the address, any 64-bit value, compared and printed unsigned
 */
public record Gpa(long value) implements Comparable<Gpa> {

  /** Parses hexadecimal with or without {@code 0x}; throws {@link NumberFormatException}. */
  public static Gpa parse(String text) {
    return new Gpa(Hex.parse(text));
  }

  /**
   * The address {@code bytes} further on.
   *
   * @throws AddressOverflow if the sum leaves the 64-bit space
   */
  public Gpa plus(long bytes) {
    return new Gpa(Hex.plus(value, bytes));
  }

  /** The address rounded down to its page. */
  public Gpa pageBase() {
    return new Gpa(value & ~(PageSize.BASE_BYTES - 1));
  }

  /** The offset within the page, 0 to 4095. */
  public int pageOffset() {
    return (int) (value & (PageSize.BASE_BYTES - 1));
  }

  /** True if the address is a multiple of {@code sizeBytes}, a power of two. */
  public boolean isAlignedTo(long sizeBytes) {
    return (value & (sizeBytes - 1)) == 0;
  }

  /** The address rounded down to a multiple of {@code sizeBytes}, a power of two. */
  public Gpa alignedDown(long sizeBytes) {
    return new Gpa(value & -sizeBytes);
  }

  @Override
  public int compareTo(Gpa other) {
    return Long.compareUnsigned(value, other.value);
  }

  @Override
  public String toString() {
    return Hex.of(value);
  }

  /** The guest frame that holds this address. */
  public Gfn gfn() {
    return new Gfn(value >>> PageSize.BASE_SHIFT);
  }
}
