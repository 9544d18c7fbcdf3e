package org.pagetrail.events.memory;

/** The page sizes of a 4 KiB granule, in bytes. */
public final class PageSize {
  /** log2 of the base page. */
  public static final int BASE_SHIFT = 12;

  /** The base page: a level 3 entry on arm64, level 1 in KVM's own count on x86. */
  public static final long BASE_BYTES = 1L << BASE_SHIFT;

  /** The block that one level 2 entry maps; also the size of a transparent huge page. */
  public static final long BLOCK_BYTES = 2L << 20;

  /** The block that one level 1 entry maps. */
  public static final long GIGA_BYTES = 1L << 30;

  private PageSize() {}
}
