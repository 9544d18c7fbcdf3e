package org.pagetrail.app.record;

import java.util.ArrayList;
import java.util.List;

/**
 * What {@code /proc/kpageflags} says about a page frame, by bit; those that tell what the page is.
 * What it is doing right now (locked, referenced, active, written back) is left out. The bits are
 * part of the kernel's interface, from 32 on those of a kernel built for it.
 */
enum PageFlag {
  /** It holds what it should. */
  UPTODATE(3),
  /** It was written since it was last clean. */
  DIRTY(4),
  /** It is on a list of what may be taken back. */
  LRU(5),
  /** It belongs to the allocator of small objects. */
  SLAB(7),
  /** It is free. */
  BUDDY(10),
  /** It is mapped into a process. */
  MMAP(11),
  /** It belongs to no file. */
  ANON(12),
  /** It has a place in the swap. */
  SWAPCACHE(13),
  /** It can go to the swap. */
  SWAPBACKED(14),
  /** The first of several that belong together. */
  COMPOUND_HEAD(15),
  /** One of several that belong together. */
  COMPOUND_TAIL(16),
  /** It is of hugetlb. */
  HUGE(17),
  /** It cannot be taken back. */
  UNEVICTABLE(18),
  /** The hardware found it broken. */
  HWPOISON(19),
  /** The kernel has no struct page for it. */
  NOPAGE(20),
  /** Several pages of the same content share it. */
  KSM(21),
  /** It is part of a transparent huge page. */
  THP(22),
  /** It is not there at present. */
  OFFLINE(23),
  /** It is the page of zeros, or the huge one. */
  ZERO_PAGE(24),
  /** It holds page tables. */
  PGTABLE(26),
  /** The kernel does not manage it; memory of devices, of the firmware, of the kernel itself. */
  RESERVED(32),
  /** It is locked into memory. */
  MLOCKED(33),
  /** It has a place on a disk. */
  MAPPEDTODISK(34);

  private final long mask;

  PageFlag(int bit) {
    this.mask = 1L << bit;
  }

  /** The flags of an entry of {@code kpageflags}, without those that are left out. */
  static long known(long entry) {
    long known = 0;
    for (PageFlag flag : values()) {
      known |= entry & flag.mask;
    }
    return known;
  }

  /** The names of an entry's flags, joined by bars. */
  static String names(long entry) {
    List<String> names = new ArrayList<>();
    for (PageFlag flag : values()) {
      if ((entry & flag.mask) != 0) {
        names.add(flag.name());
      }
    }
    return String.join("|", names);
  }
}
