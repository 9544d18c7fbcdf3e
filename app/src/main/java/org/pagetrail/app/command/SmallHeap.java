package org.pagetrail.app.command;

/**
 * Keeps a run that makes much garbage within little memory. The serial collector rather takes
 * memory from the system, up to a quarter of the machine's, than collect what is old: tables of a
 * segment that was sealed stay until then. A collection costs as much as what is in use, so that it
 * is asked for when that may have doubled.
 */
final class SmallHeap {
  /** How often to look; a power of two. */
  private static final long EVENTS = 1 << 14;

  /** Below this nothing is collected. */
  private static final long BYTES_MIN = 80L << 20;

  private final Runtime runtime = Runtime.getRuntime();
  private long events;
  private long limit = BYTES_MIN;

  /** An event was written. */
  void written() {
    if ((++events & (EVENTS - 1)) == 0 && used() > limit) {
      System.gc();
      limit = Math.max(BYTES_MIN, 2 * used());
    }
  }

  private long used() {
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
