package org.pagetrail.events;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;

/** What the host's memory management did to the monitor's address space. */
public sealed interface HostEvent extends Event {
  @Override
  default Layer layer() {
    return Layer.HOST;
  }

  /** What backs a mapping. */
  enum Backing {
    PRIVATE_ANONYMOUS,
    SHARED_ANONYMOUS,
    MEMFD_SHARED,
    MEMFD_PRIVATE,
    FILE_PRIVATE,
    FILE_SHARED,
    HUGETLB_PRIVATE,
    HUGETLB_SHARED,
    /** Page frames mapped without page cache: /dev/mem, VFIO BARs. */
    PFNMAP,
    UNKNOWN
  }

  /** Advice given for transparent huge pages. */
  enum HugeAdvice {
    NONE,
    /** MADV_HUGEPAGE. */
    HUGE,
    /** MADV_NOHUGEPAGE. */
    NO_HUGE
  }

  /** What kind of page a page frame is. */
  enum PageKind {
    /** Nothing is mapped. */
    ABSENT,
    /** The shared 4 KiB zero page: PG_reserved, never freed. */
    ZERO_PAGE,
    /** A part of the shared huge zero page: not reserved. */
    HUGE_ZERO_PAGE,
    ANONYMOUS,
    /** A part of a transparent huge page. */
    ANONYMOUS_HUGE,
    KSM,
    /** Page cache of a file, or shared memory. */
    PAGE_CACHE,
    /** Page cache or shared memory mapped by a huge entry. */
    PAGE_CACHE_HUGE,
    HUGETLB,
    /** A frame without struct page. */
    DEVICE,
    /** RAM with a struct page and PG_reserved, kept by memblock. */
    RESERVED_RAM,
    /** RAM the kernel was told not to map. */
    NOMAP_RAM,
    /** Persistent or device memory with a struct page. */
    ZONE_DEVICE,
    POISONED,
    UNKNOWN
  }

  /** Who wrote a page. */
  enum Writer {
    GUEST,
    HOST
  }

  /**
   * A mapping exists in the monitor's address space.
   *
   * @param name the file or name that /proc/PID/maps shows, empty if none
   */
  record HostMapped(HvaRange range, Backing backing, Perms perms, HugeAdvice advice, String name)
      implements HostEvent {}

  /**
   * What /proc/PID/maps does not show of a mapping.
   *
   * @param fileBytes size of the file behind the mapping, counted from the mapping's first byte; -1
   *     without a file
   * @param sparse the file is one hole: it reads as zeros and none of it is in the page cache yet
   * @param readOnlyFile the file was opened for reading only
   * @param cacheable for PFNMAP: whether the host's own entries are write-back cacheable
   * @param anyUncached for PFNMAP: whether the driver allows any uncached memory type
   * @param frames for PFNMAP: what kind of frames stand behind it; UNKNOWN otherwise
   * @param firstFrame for PFNMAP: the frame of the first page; null otherwise
   */
  record MappingDetailed(
      HvaRange range,
      long fileBytes,
      boolean sparse,
      boolean readOnlyFile,
      boolean cacheable,
      boolean anyUncached,
      PageKind frames,
      @Nullable Pfn firstFrame)
      implements HostEvent {}

  /** A mapping is gone. */
  record HostUnmapped(HvaRange range) implements HostEvent {}

  /**
   * A run of alike pages as a snapshot saw them.
   *
   * @param first the frame of the first page; null if absent or unknown
   * @param contiguous true if the frames follow each other
   * @param exclusive true if this process alone maps them
   * @param flags the kernel's page flags by name
   */
  record PagesSeen(
      HvaRange range,
      PageKind kind,
      @Nullable Pfn first,
      boolean contiguous,
      boolean exclusive,
      List<String> flags)
      implements HostEvent {
    /** Copies the list. */
    public PagesSeen {
      flags = List.copyOf(flags);
    }
  }

  /**
   * The host's page table now maps a page.
   *
   * @param hva the first byte of the page, aligned to its size
   * @param size a base page, or the size of the huge page
   * @param pfn the first frame
   * @param writable whether the host's own entry lets the monitor write without a fault
   */
  record PageMapped(Hva hva, ByteSize size, Pfn pfn, PageKind kind, boolean writable)
      implements HostEvent {}

  /**
   * The host's page table now maps a run of alike base pages.
   *
   * @param first the frame of the first page; null where nobody knows the frames
   * @param consecutive true if the frames follow each other, false if one frame stands behind all
   * @param writable whether the host's own entries let the monitor write without a fault
   */
  record PagesMapped(
      HvaRange range, PageKind kind, @Nullable Pfn first, boolean consecutive, boolean writable)
      implements HostEvent {}

  /** Other processes map the private pages of the range too, or, with {@code false}, no longer. */
  record PagesShared(HvaRange range, boolean shared) implements HostEvent {}

  /** Frames took over the content of others, as a break of copy-on-write does. */
  record PageCopied(Pfn from, Pfn to, ByteSize size) implements HostEvent {}

  /** The next new page at {@code hva} gets this frame: a recording says so. */
  record FrameExpected(Hva hva, Pfn pfn) implements HostEvent {}

  /** The host's page table no longer maps anything in the range. */
  record PagesDropped(HvaRange range) implements HostEvent {}

  /** The host's page table entries in the range lost write permission. */
  record PagesWriteProtected(HvaRange range) implements HostEvent {}

  /** Every byte of the range was written with the same value. */
  record RangeFilled(HvaRange range, int fillByte, Writer writer) implements HostEvent {}

  /** The range was written with the content of a file, which we do not hold. */
  record RangeLoaded(HvaRange range, String file) implements HostEvent {}

  /** The host's notifier told KVM that the range changes. */
  record RangeInvalidated(HvaRange range) implements HostEvent {}

  /** The host's notifier told KVM that one entry now maps another page. */
  record EntryChanged(Hva hva) implements HostEvent {}

  /** The frame of the 4 KiB zero page. */
  record ZeroPageSeen(Pfn pfn) implements HostEvent {}

  /**
   * Words of a page as somebody else saw them; words not named were zero if {@code whole}.
   *
   * @param whole true if every word that is not zero is listed
   */
  record ContentSeen(Pfn pfn, boolean whole, List<Word> words) implements HostEvent {
    /** Copies the list. */
    public ContentSeen {
      words = List.copyOf(words);
    }
  }

  /**
   * One word of a page.
   *
   * @param offset bytes from the start of the page
   * @param width bytes, 1 to 8
   */
  record Word(int offset, int width, long value) {}

  /** A write reached a page. */
  record PageWritten(Pfn pfn, int offset, int width, long value, Writer writer)
      implements HostEvent {}

  /** A system call on the monitor's memory, with its result. */
  record HostCalled(String call, HvaRange range, int ret) implements HostEvent {}

  /** A signal was sent to the monitor, such as SIGBUS for a poisoned page. */
  record SignalSent(String signal, Hva hva) implements HostEvent {}

  /** A reference on a page was taken and will never be dropped. */
  record ReferenceLeaked(Pfn pfn, long leakedSoFar) implements HostEvent {}
}
