package org.pagetrail.qemu.region;

/**
 * One range of a flat view.
 *
 * @param start first address
 * @param end address after the last
 * @param region the terminal region that shows here
 * @param offset where in the region the range begins, bytes
 * @param romd the region's romd mode when the view was rendered
 * @param readOnly the region's mark or that of an alias or container on the way to it
 * @param nonvolatile the same for nonvolatile
 * @param unmergeable the same for unmergeable
 * @param dirtyMask a bit for every reason to log writes
 */
public record ViewRange(
    Wide start,
    Wide end,
    String region,
    Wide offset,
    boolean romd,
    boolean readOnly,
    boolean nonvolatile,
    boolean unmergeable,
    int dirtyMask) {

  /** Dirty mask: a display wants to know. */
  public static final int DIRTY_DISPLAY = 1;

  /** Dirty mask: migration wants to know. */
  public static final int DIRTY_MIGRATION = 1 << 2;

  /** How many bytes, up to 2<sup>64</sup>. */
  public Wide size() {
    return end.minus(start);
  }

  /** True if {@code address} lies inside. */
  public boolean contains(Wide address) {
    return start.compareTo(address) <= 0 && address.compareTo(end) < 0;
  }

  /** The same range up to another end. */
  ViewRange upTo(Wide newEnd) {
    return new ViewRange(
        start, newEnd, region, offset, romd, readOnly, nonvolatile, unmergeable, dirtyMask);
  }

  /** Equal in everything that makes a listener see a change: the dirty mask does not. */
  public boolean sameAs(ViewRange other) {
    return start.equals(other.start)
        && end.equals(other.end)
        && region.equals(other.region)
        && offset.equals(other.offset)
        && romd == other.romd
        && readOnly == other.readOnly
        && nonvolatile == other.nonvolatile
        && unmergeable == other.unmergeable;
  }

  /** True if {@code next} goes on where this range ends, in the same region and manner. */
  public boolean joins(ViewRange next) {
    return end.equals(next.start)
        && region.equals(next.region)
        && offset.plus(size()).equals(next.offset)
        && dirtyMask == next.dirtyMask
        && romd == next.romd
        && readOnly == next.readOnly
        && nonvolatile == next.nonvolatile
        && !unmergeable
        && !next.unmergeable;
  }
}
