package org.pagetrail.kvm.host;

import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;

/** Page numbers of host addresses, and back. */
final class Pages {
  private Pages() {}

  /** The number of the page that holds an address. */
  static long of(Hva hva) {
    return hva.value() >>> PageSize.BASE_SHIFT;
  }

  /** How many whole pages a range has. */
  static long in(HvaRange range) {
    return range.size().bytes() >>> PageSize.BASE_SHIFT;
  }

  /** The first address of a page. */
  static Hva hva(long page) {
    return new Hva(page << PageSize.BASE_SHIFT);
  }

  /** The addresses of {@code count} pages from {@code first} on. */
  static HvaRange range(long first, long count) {
    return HvaRange.between(hva(first), hva(first + count));
  }

  /** The whole pages that the bytes of a range lie in. */
  static HvaRange touched(HvaRange range) {
    if (range.size().isZero()) {
      return range;
    }
    return HvaRange.between(
        range.start().pageBase(), range.last().pageBase().plus(PageSize.BASE_BYTES));
  }
}
