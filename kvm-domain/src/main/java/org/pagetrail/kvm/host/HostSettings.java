package org.pagetrail.kvm.host;

import org.pagetrail.events.memory.Pfn;

/**
 * How the host is set up.
 *
 * @param thp transparent huge pages
 * @param hugeZeroPage whether reads may map the huge zero page (sysfs use_zero_page)
 * @param zeroPage the frame of the 4 KiB zero page; the first one where there are several
 * @param zeroPages how many zero pages there are, a power of two: 1, except on mips and s390, which
 *     have one for each colour of their caches
 * @param zeroPageForbidden whether this process may not map zero pages (mm_forbids_zeropage): on
 *     s390, once its guest uses storage keys or is protected
 * @param faultAroundPages how many pages a read fault of a file maps at once, a power of two
 *     (debugfs fault_around_bytes, 64 KiB by default)
 */
public record HostSettings(
    ThpMode thp,
    boolean hugeZeroPage,
    Pfn zeroPage,
    int zeroPages,
    boolean zeroPageForbidden,
    int faultAroundPages) {

  /** What a recording says of a setting that it did not record. */
  private static final String UNKNOWN = "unknown";

  /**
   * Where the zero page is if nobody says it. The kernel's linker and boot memory decide that, so
   * there is no usual frame; this one lies above the memory of any machine (8 TiB) and below the
   * frames given to new pages, and cannot be mistaken for a recorded one. Aligned for any number of
   * colours.
   */
  public static final Pfn UNRECORDED_ZERO_PAGE = new Pfn(1L << 31);

  /**
   * What a kernel starts with, except that huge pages must be asked for; the zero page is at {@link
   * #UNRECORDED_ZERO_PAGE}, and whoever knows better says so by {@link #withZeroPage}.
   */
  public static final HostSettings DEFAULT =
      new HostSettings(ThpMode.MADVISE, true, UNRECORDED_ZERO_PAGE, 1, false, 16);

  /** Rejects a window of fault-around and a number of zero pages that is no power of two. */
  public HostSettings {
    if (Integer.bitCount(faultAroundPages) != 1) {
      throw new IllegalArgumentException(
          "fault-around of " + faultAroundPages + " pages: must be a power of two");
    }
    if (Integer.bitCount(zeroPages) != 1 || zeroPages < 1) {
      throw new IllegalArgumentException(zeroPages + " zero pages: must be a power of two");
    }
  }

  /** The same with another mode of transparent huge pages. */
  public HostSettings with(ThpMode mode) {
    return new HostSettings(
        mode, hugeZeroPage, zeroPage, zeroPages, zeroPageForbidden, faultAroundPages);
  }

  /**
   * The same with transparent huge pages as a host is described; as they are if nobody knows.
   *
   * @param word the word of sysfs, or {@code unknown}
   * @throws IllegalArgumentException if it is another
   */
  public HostSettings describedThp(String word) {
    return word.equals(UNKNOWN) ? this : with(ThpMode.of(word));
  }

  /** The same with another zero page. */
  public HostSettings withZeroPage(Pfn pfn) {
    return new HostSettings(thp, hugeZeroPage, pfn, zeroPages, zeroPageForbidden, faultAroundPages);
  }

  /** The same with {@code count} zero pages, a power of two. */
  public HostSettings withZeroPages(int count) {
    return new HostSettings(
        thp, hugeZeroPage, zeroPage, count, zeroPageForbidden, faultAroundPages);
  }

  /** The same for a process that may map zero pages, or may not. */
  public HostSettings withZeroPageForbidden(boolean forbidden) {
    return new HostSettings(thp, hugeZeroPage, zeroPage, zeroPages, forbidden, faultAroundPages);
  }

  /** The zero page that a read of the page of this number maps: that of its colour. */
  Pfn zeroPageAt(long page) {
    return zeroPage.plus(page & (zeroPages - 1));
  }

  /** Whether a frame is one of the zero pages (is_zero_pfn). */
  public boolean isZeroPage(Pfn pfn) {
    return Long.compareUnsigned(pfn.value() - zeroPage.value(), zeroPages) < 0;
  }
}
