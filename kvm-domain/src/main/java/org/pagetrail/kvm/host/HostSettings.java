package org.pagetrail.kvm.host;

import org.pagetrail.events.memory.Pfn;

/**
 * How the host is set up.
 *
 * @param thp transparent huge pages
 * @param hugeZeroPage whether reads may map the huge zero page (sysfs use_zero_page)
 * @param zeroPage the frame of the 4 KiB zero page
 * @param faultAroundPages how many pages a read fault of a file maps at once, a power of two
 *     (debugfs fault_around_bytes, 64 KiB by default)
 */
public record HostSettings(ThpMode thp, boolean hugeZeroPage, Pfn zeroPage, int faultAroundPages) {

  /** What a kernel starts with, except that huge pages must be asked for. */
  public static final HostSettings DEFAULT =
      new HostSettings(ThpMode.MADVISE, true, new Pfn(0x40a87), 16);

  /** Rejects a window of fault-around that is no power of two. */
  public HostSettings {
    if (Integer.bitCount(faultAroundPages) != 1) {
      throw new IllegalArgumentException(
          "fault-around of " + faultAroundPages + " pages: must be a power of two");
    }
  }

  /** The same with another mode of transparent huge pages. */
  public HostSettings with(ThpMode mode) {
    return new HostSettings(mode, hugeZeroPage, zeroPage, faultAroundPages);
  }

  /** The same with another zero page. */
  public HostSettings withZeroPage(Pfn pfn) {
    return new HostSettings(thp, hugeZeroPage, pfn, faultAroundPages);
  }
}
