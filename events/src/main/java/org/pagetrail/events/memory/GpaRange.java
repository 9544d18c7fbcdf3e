package org.pagetrail.events.memory;

/**
 * A range of guest-physical addresses.
 *
 * @param start the first byte
 * @param size how many bytes; the range does not wrap
 */
public record GpaRange(Gpa start, ByteSize size) {

  /** Rejects a range that would pass the end of the address space. */
  public GpaRange {
    if (!size.isZero()) {
      start.plus(size.bytes() - 1);
    }
  }

  /** The range from {@code start} up to, not including, {@code end}. */
  public static GpaRange between(Gpa start, Gpa end) {
    return new GpaRange(start, new ByteSize(end.value() - start.value()));
  }

  /** The base page that holds {@code gpa}. */
  public static GpaRange pageOf(Gpa gpa) {
    return new GpaRange(gpa.pageBase(), ByteSize.PAGE);
  }

  /** The last byte of a range that is not empty. */
  public Gpa last() {
    return start.plus(size.bytes() - 1);
  }

  /** True if {@code gpa} lies inside. */
  public boolean contains(Gpa gpa) {
    return Long.compareUnsigned(gpa.value() - start.value(), size.bytes()) < 0;
  }

  /** True if every byte of {@code other} lies inside. */
  public boolean containsAll(GpaRange other) {
    return other.size.isZero() || (contains(other.start) && contains(other.last()));
  }

  /** True if the two share a byte. */
  public boolean overlaps(GpaRange other) {
    return !size.isZero()
        && !other.size.isZero()
        && (contains(other.start) || other.contains(start));
  }

  @Override
  public String toString() {
    return size.isZero() ? start + "+0" : start + "-" + last();
  }
}
