package org.pagetrail.kvm.host;

import org.pagetrail.events.memory.PageSize;
import org.pagetrail.kvm.run.Sliced;

/** Windows of 2 MiB: what one entry of the second-lowest table covers, and a huge page fills. */
final class Window {
  /** Base pages in a window. */
  static final long PAGES = PageSize.BLOCK_BYTES >> PageSize.BASE_SHIFT;

  /** Marks a window whose base pages have a page table. */
  enum Table implements Sliced<Table> {
    PRESENT;

    @Override
    public Table after(long windows) {
      return this;
    }
  }

  private Window() {}

  /** The first page of the window that holds {@code page}. */
  static long start(long page) {
    return page & -PAGES;
  }

  /** The number of the window that holds {@code page}. */
  static long of(long page) {
    return page / PAGES;
  }

  /** How many windows the pages {@code [first, first + count)} touch. */
  static long spanning(long first, long count) {
    return count <= 0 ? 0 : of(first + count - 1) - of(first) + 1;
  }
}
