package org.pagetrail.traceimport.link;

import org.pagetrail.events.KvmEvent.LookupResult;

/**
 * The values of a pfn that are no frame: bits 62:52 all set with a number of the error below, or
 * bit 63 alone for an address without a slot.
 */
final class PfnValues {
  private static final long ERROR = 0x7ffL << 52;
  private static final long NOSLOT = 1L << 63;
  private static final long NO_FRAME = 0xfffL << 52;

  private PfnValues() {}

  /** What a lookup came to that returned this value. */
  static LookupResult result(long pfn) {
    if ((pfn & NO_FRAME) == 0) {
      return LookupResult.FOUND;
    }
    if (pfn == NOSLOT) {
      return LookupResult.NOSLOT;
    }
    return switch ((int) (pfn ^ ERROR)) {
      case 1 -> LookupResult.HWPOISON;
      case 2 -> LookupResult.RO_FAULT;
      case 3 -> LookupResult.SIGPENDING;
      case 4 -> LookupResult.NEEDS_IO;
      default -> LookupResult.FAULT;
    };
  }
}
