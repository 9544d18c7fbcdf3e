package org.pagetrail.kvm.host;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.HugeAdvice;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.kvm.run.Sliced;

/**
 * A mapping of the monitor's address space (a VMA).
 *
 * @param backing what stands behind it
 * @param perms what the monitor may do there
 * @param advice the advice for transparent huge pages
 * @param name the file or name
 * @param origin number of the page where the mapping began when it was made; 0 for private
 *     anonymous memory, whose neighbours merge
 * @param anonymousSince number of the page whose anonymous page came first, so that fork copies
 *     this mapping's page table; -1 as long as there is none
 * @param details what maps does not show
 */
public record Mapping(
    Backing backing,
    Perms perms,
    HugeAdvice advice,
    String name,
    long origin,
    long anonymousSince,
    Details details)
    implements Sliced<Mapping> {

  /** Nobody has put an anonymous page here yet. */
  static final long NEVER = -1;

  /**
   * What /proc/PID/maps does not show.
   *
   * @param fileBytes size of the file, from the mapping's origin on; -1 without a file
   * @param sparse the file is a hole: zeros, and nothing in the page cache
   * @param readOnlyFile the file was opened for reading only
   * @param cacheable whether the host's own entries of page frames are write-back
   * @param anyUncached for PFNMAP, whether the driver allows any uncached memory type
   * @param frames for PFNMAP, the kind of the frames; UNKNOWN otherwise
   * @param firstFrame for PFNMAP, the frame of the first page; null otherwise
   */
  public record Details(
      long fileBytes,
      boolean sparse,
      boolean readOnlyFile,
      boolean cacheable,
      boolean anyUncached,
      PageKind frames,
      @Nullable Pfn firstFrame) {

    /** No file, no page frames. */
    public static final Details NONE =
        new Details(-1, false, false, true, false, PageKind.UNKNOWN, null);

    /** A file of {@code bytes} whose content is in the page cache. */
    public static Details file(long bytes) {
      return new Details(bytes, false, false, true, false, PageKind.UNKNOWN, null);
    }

    /** The page frames from {@code first} on, such as /dev/mem maps them. */
    public static Details frames(PageKind kind, Pfn first, boolean cacheable) {
      return new Details(-1, false, false, cacheable, false, kind, first);
    }

    /** The same with a driver that allows any uncached memory type, as vfio-pci does. */
    public Details asAnyUncached() {
      return new Details(fileBytes, sparse, readOnlyFile, cacheable, true, frames, firstFrame);
    }

    /** The same with a file that is one hole. */
    public Details asHole() {
      return new Details(fileBytes, true, readOnlyFile, cacheable, anyUncached, frames, firstFrame);
    }

    /** The same with a file opened for reading only. */
    public Details asReadOnlyFile() {
      return new Details(fileBytes, sparse, true, cacheable, anyUncached, frames, firstFrame);
    }
  }

  @Override
  public Mapping after(long pages) {
    return this;
  }

  /** True if writes of one process stay its own: copy-on-write applies. */
  public boolean isPrivate() {
    return switch (backing) {
      case PRIVATE_ANONYMOUS, MEMFD_PRIVATE, FILE_PRIVATE, HUGETLB_PRIVATE, UNKNOWN -> true;
      case SHARED_ANONYMOUS, MEMFD_SHARED, FILE_SHARED, HUGETLB_SHARED, PFNMAP -> false;
    };
  }

  /** True if pages come from a page cache. */
  public boolean hasPageCache() {
    return switch (backing) {
      case SHARED_ANONYMOUS,
          MEMFD_SHARED,
          MEMFD_PRIVATE,
          FILE_PRIVATE,
          FILE_SHARED,
          HUGETLB_SHARED ->
          true;
      case PRIVATE_ANONYMOUS, HUGETLB_PRIVATE, PFNMAP, UNKNOWN -> false;
    };
  }

  /** True if the mapping is of huge pages from the pool. */
  public boolean isHugetlb() {
    return backing == Backing.HUGETLB_PRIVATE || backing == Backing.HUGETLB_SHARED;
  }

  /** True if a page reads as zeros until somebody writes it. */
  boolean startsAsZeros() {
    return switch (backing) {
      case PRIVATE_ANONYMOUS,
          SHARED_ANONYMOUS,
          MEMFD_SHARED,
          MEMFD_PRIVATE,
          HUGETLB_PRIVATE,
          HUGETLB_SHARED ->
          !loaded();
      case FILE_PRIVATE, FILE_SHARED -> details.sparse();
      case PFNMAP, UNKNOWN -> false;
    };
  }

  /** True for a memfd that already has content which we do not hold. */
  private boolean loaded() {
    return details.fileBytes() >= 0 && !details.sparse();
  }

  Mapping with(Perms newPerms, HugeAdvice newAdvice) {
    return new Mapping(backing, newPerms, newAdvice, name, origin, anonymousSince, details);
  }

  Mapping with(Details newDetails) {
    return new Mapping(backing, perms, advice, name, origin, anonymousSince, newDetails);
  }

  Mapping anonymousSince(long page) {
    return new Mapping(backing, perms, advice, name, origin, page, details);
  }
}
