package org.pagetrail.kvm.model.mm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What the host's memory management does in every release. */
public enum HostRule implements Rule {
  MAPPING_MADE(
      RuleText.generic(
          "host/mmap", "mmap(2)", "A mapping is made; pages come when somebody touches them.")),

  FRAMES_MAPPED(
      RuleText.generic(
          "host/mmap/page-frames",
          "drivers/char/mem.c",
          "A mapping of page frames has its page table filled at once.")),

  MAPPING_REMOVED(
      RuleText.generic(
          "host/munmap",
          "munmap(2); 3.19, 6.1, 7.2",
          "Whoever watches the range is told, then mapping and pages go.")),

  ZERO_PAGE_ON_READ(
      RuleText.generic(
          "host/anonymous/zero-page-on-read",
          "3.19, 6.1, 7.2 mm/memory.c",
          "A read of private memory that nobody has written maps the zero page " + "read-only.")),

  ZERO_PAGE_COLOURS(
      RuleText.generic(
          "host/anonymous/zero-page-colours",
          "3.19, 7.2 include/linux/pgtable.h; mips, s390",
          "Where there are several zero pages, a read maps the one of its address's colour, and"
              + " each of them is a zero page to is_zero_pfn.")),

  ZERO_PAGE_FORBIDDEN(
      RuleText.generic(
          "host/anonymous/zero-page-forbidden",
          "7.2 include/linux/mm.h, arch/s390/include/asm/pgtable.h",
          "A process that may not map zero pages (on s390, once its guest uses storage keys or is"
              + " protected) gets a new page when it reads.")),

  HUGE_ZERO_PAGE_ON_READ(
      RuleText.generic(
          "host/thp/huge-zero-on-read",
          "3.19, 7.2 mm/huge_memory.c",
          "Such a read maps the huge zero page if huge pages are allowed there, "
              + "the 2 MiB around lie inside the mapping and have no page table yet.")),

  NEW_PAGE_ON_WRITE(
      RuleText.generic(
          "host/anonymous/new-page-on-write",
          "3.19, 6.1, 7.2 mm/memory.c",
          "A write to private memory that nobody has touched maps a new page of " + "zeros.")),

  NEW_HUGE_PAGE_ON_WRITE(
      RuleText.generic(
          "host/thp/new-page-on-write",
          "3.19, 7.2 mm/huge_memory.c",
          "Such a write maps a new huge page if huge pages are allowed there, the "
              + "2 MiB around lie inside the mapping and have no page table yet.")),

  COPY_ON_WRITE(
      RuleText.generic(
          "host/cow/copy",
          "3.19, 4.18, 6.1 mm/memory.c",
          "A write to a page that is not this process's own replaces it by a "
              + "copy; whoever watches is told before.")),

  REUSE_ON_WRITE(
      RuleText.generic(
          "host/cow/reuse",
          "6.1, 7.2 mm/memory.c",
          "A write to a page that nobody else maps makes its entry writable; "
              + "nobody is told.")),

  FILE_PAGE_ON_READ(
      RuleText.generic(
          "host/file/page-on-read",
          "6.1 mm/memory.c",
          "A read maps the page of the file, and the pages around it that are in "
              + "the page cache.")),

  FILE_COPY_ON_WRITE(
      RuleText.generic(
          "host/file/copy-on-write",
          "6.1 mm/memory.c",
          "A write to an absent page of a private file mapping maps a copy at " + "once.")),

  FILE_PAGE_ON_WRITE(
      RuleText.generic(
          "host/file/page-on-write",
          "6.1 mm/memory.c",
          "A write to an absent or read-only page of a shared file mapping maps "
              + "the page writable.")),

  HUGETLB_PAGE(
      RuleText.generic(
          "host/hugetlb/page",
          "6.1 mm/hugetlb.c",
          "A touch maps a huge page from the pool; writable if it was a write, or "
              + "if the mapping is shared and may be written.")),

  FRAME_ON_FAULT(
      RuleText.generic(
          "host/pfnmap/frame-on-fault",
          "7.2 drivers/vfio/pci/vfio_pci_core.c",
          "A touch of a mapping of page frames inserts the frame.")),

  BEYOND_END(
      RuleText.generic(
          "host/file/beyond-end",
          "6.1 mm/filemap.c",
          "A page behind the end of the file cannot be had: SIGBUS.")),

  NOT_PERMITTED(
      RuleText.generic(
          "host/mmap/not-permitted",
          "6.1 mm/gup.c",
          "No mapping, or one that does not permit the access: SIGSEGV.")),

  POISONED(
      RuleText.generic(
          "host/poison",
          "6.1 mm/memory-failure.c",
          "A poisoned page is taken out of the page table; a touch of it gets " + "SIGBUS.")),

  WRITTEN(RuleText.generic("host/write", "every release", "The monitor writes its memory.")),

  DONTNEED(
      RuleText.generic(
          "host/madvise/dontneed",
          "madvise(2); 6.1 mm/madvise.c",
          "Whoever watches the range is told, then its pages go; page tables " + "stay.")),

  ADVISED(
      RuleText.generic(
          "host/madvise/huge", "madvise(2)", "The mapping changes its advice for huge pages.")),

  PROTECTED(
      RuleText.generic(
          "host/mprotect",
          "6.1 mm/mprotect.c",
          "The mapping changes its permissions; from the first 2 MiB on that have "
              + "pages, whoever watches is told.")),

  WRITTEN_BACK(
      RuleText.generic(
          "host/msync",
          "6.1 mm/page-writeback.c",
          "Dirty pages of a shared file mapping are written back; whoever watches is told, and "
              + "their entries become read-only.")),

  FORKED(
      RuleText.generic(
          "host/fork",
          "6.1 mm/memory.c",
          "Private mappings that have had anonymous pages are copied: whoever "
              + "watches is told, and their pages become read-only and shared. Others "
              + "are not copied.")),

  MERGED(
      RuleText.generic(
          "host/ksm/merge",
          "6.1 mm/ksm.c",
          "Whoever watches is told for each page, and equal pages become one, " + "read-only.")),

  COLLAPSED(
      RuleText.generic(
          "host/thp/collapse",
          "7.2 mm/khugepaged.c",
          "Where huge pages are wanted, 2 MiB of private memory become a huge page if one of their"
              + " pages may be written and none is another process's or merged; whoever watches"
              + " is told, and the content moves to new frames.")),

  HUGE_SPLIT(
      RuleText.generic(
          "host/thp/split",
          "7.2 mm/huge_memory.c",
          "A huge page is split: whoever watches is told of its 2 MiB, and base pages map the same"
              + " frames.")),

  FRAME_UNKNOWN(
      RuleText.generic(
          "host/frame-unknown",
          "by construction",
          "No recording names the frame of this page; the one given stands for it.")),

  ANNOUNCED(RuleText.generic("host/recorded", "every release", "A recording says so."));

  private final RuleText text;

  HostRule(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
