package org.pagetrail.events.memory;

/**
 * A host virtual address in the address space of the virtual machine monitor, in bytes.
 *
 * @param value the address, any 64-bit value, compared and printed unsigned
 */
public record Hva(long value) implements Comparable<Hva> {

  /** Parses hexadecimal with or without {@code 0x}; throws {@link NumberFormatException}. */
  public static Hva parse(String text) {
    return new Hva(Hex.parse(text));
  }

  /**
   * The address {@code bytes} further on.
   *
   * @throws AddressOverflow if the sum leaves the 64-bit space
   */
  public Hva plus(long bytes) {
    return new Hva(Hex.plus(value, bytes));
  }

  /** The address rounded down to its page. */
  public Hva pageBase() {
    return new Hva(value & ~(PageSize.BASE_BYTES - 1));
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
  public Hva alignedDown(long sizeBytes) {
    return new Hva(value & -sizeBytes);
  }

  @Override
  public int compareTo(Hva other) {
    return Long.compareUnsigned(value, other.value);
  }

  @Override
  public String toString() {
    return Hex.of(value);
  }
}
