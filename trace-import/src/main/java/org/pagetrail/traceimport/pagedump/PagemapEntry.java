package org.pagetrail.traceimport.pagedump;

/**
 * An entry of /proc/PID/pagemap: bits 0 to 54 the frame, or where it is in swap; 55 soft-dirty; 56
 * mapped by this process alone; 57 write-protected by userfaultfd; 58 a guard page; 61 file or
 * shared; 62 swapped; 63 present.
 */
final class PagemapEntry {
  private static final long FRAME = (1L << 55) - 1;

  /** Addresses have at most 64 bits, so that the upper bits of a frame's number are none. */
  private static final long NO_FRAME = FRAME & -(1L << 52);

  private static final long EXCLUSIVE = 1L << 56;
  private static final long UNUSED = 3L << 59;
  private static final long FILE = 1L << 61;
  private static final long SWAPPED = 1L << 62;
  private static final long PRESENT = 1L << 63;

  /** What makes pages alike; whether a page was written since somebody asked does not. */
  private static final long STATE = EXCLUSIVE | FILE | SWAPPED | PRESENT;

  private PagemapEntry() {}

  /** False for bits that no kernel sets together. */
  static boolean isOne(long entry) {
    boolean placed = (entry & (PRESENT | SWAPPED)) != 0;
    return (entry & UNUSED) == 0
        && (entry & (PRESENT | SWAPPED)) != (PRESENT | SWAPPED)
        && (entry & (isPresent(entry) ? NO_FRAME : 0)) == 0
        && (placed || (entry & FRAME) == 0);
  }

  static long state(long entry) {
    return entry & STATE;
  }

  static boolean isPresent(long entry) {
    return (entry & PRESENT) != 0;
  }

  static boolean isSwapped(long entry) {
    return (entry & SWAPPED) != 0;
  }

  static boolean isFile(long entry) {
    return (entry & FILE) != 0;
  }

  static boolean isExclusive(long entry) {
    return (entry & EXCLUSIVE) != 0;
  }

  /** The frame of a page that is present, 0 if the kernel hides it from whoever read. */
  static long frame(long entry) {
    return isPresent(entry) ? entry & FRAME : 0;
  }
}
