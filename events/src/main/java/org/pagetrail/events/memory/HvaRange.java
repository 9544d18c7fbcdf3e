package org.pagetrail.events.memory;

/**
 * A range of host-virtual addresses.
 *
 * @param start the first byte
 * @param size how many bytes; the range does not wrap
 */
public record HvaRange(Hva start, ByteSize size) {

  /** Rejects a range that would pass the end of the address space. */
  public HvaRange {
    if (!size.isZero()) {
      start.plus(size.bytes() - 1);
    }
  }

  /** The range from {@code start} up to, not including, {@code end}. */
  public static HvaRange between(Hva start, Hva end) {
    return new HvaRange(start, new ByteSize(end.value() - start.value()));
  }

  /** The base page that holds {@code hva}. */
  public static HvaRange pageOf(Hva hva) {
    return new HvaRange(hva.pageBase(), ByteSize.PAGE);
  }

  /** The last byte of a range that is not empty. */
  public Hva last() {
    return start.plus(size.bytes() - 1);
  }

  /** True if {@code hva} lies inside. */
  public boolean contains(Hva hva) {
    return Long.compareUnsigned(hva.value() - start.value(), size.bytes()) < 0;
  }

  /** True if every byte of {@code other} lies inside. */
  public boolean containsAll(HvaRange other) {
    return other.size.isZero() || (contains(other.start) && contains(other.last()));
  }

  /** True if the two share a byte. */
  public boolean overlaps(HvaRange other) {
    return !size.isZero()
        && !other.size.isZero()
        && (contains(other.start) || other.contains(start));
  }

  @Override
  public String toString() {
    return size.isZero() ? start + "+0" : start + "-" + last();
  }
}
