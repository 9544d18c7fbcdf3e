package org.pagetrail.store.fold;

import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;

/** A stage 2 entry in one word: the frame in the lower 52 bits, 0 for no entry. */
final class Stage2Word {
  static final int READ = 1;
  static final int WRITE = 1 << 1;
  static final int EXECUTE = 1 << 2;

  private static final long FRAME = RunTable.PAGES - 1;
  private static final int PRESENT_AT = 52;
  private static final int ACCESSED_AT = 53;
  private static final int LEAF_AT = 54;
  private static final int PERMS_AT = 56;
  private static final int TYPE_AT = 59;
  private static final long LEAF_MASK = 3;
  private static final long PERMS_MASK = 7;
  private static final long TYPE_MASK = 7;

  /** Pages of a level 2 and of a level 1 block. */
  private static final long BLOCK_PAGES = PageSize.BLOCK_BYTES / PageSize.BASE_BYTES;

  private static final long GIGA_PAGES = PageSize.GIGA_BYTES / PageSize.BASE_BYTES;

  private Stage2Word() {}

  /** A new entry; the access flag is set on creation. */
  static long of(long pfn, long pages, boolean aligned, int perms, int type) {
    long leaf = 0;
    if (aligned && pages == BLOCK_PAGES) {
      leaf = 1;
    } else if (aligned && pages == GIGA_PAGES) {
      leaf = 2;
    }
    return word(pfn, leaf, perms, type) | 1L << ACCESSED_AT;
  }

  private static long word(long pfn, long leaf, int perms, int type) {
    return pfn
        | 1L << PRESENT_AT
        | leaf << LEAF_AT
        | (long) perms << PERMS_AT
        | (long) type << TYPE_AT;
  }

  /** An entry of table entries of 1, 512 or 262144 pages. */
  static long of(long pfn, long leafPages, int perms, int type, boolean accessed) {
    long leaf = leafPages == 1 ? 0 : leafPages == BLOCK_PAGES ? 1 : 2;
    return word(pfn, leaf, perms, type) | (accessed ? 1L << ACCESSED_AT : 0);
  }

  static int bits(Perms perms) {
    return (perms.read() ? READ : 0)
        | (perms.write() ? WRITE : 0)
        | (perms.execute() ? EXECUTE : 0);
  }

  /** The entry {@code pages} further on; numbers wrap where a trail maps past the last frame. */
  static long further(long word, long pages) {
    return word == 0 ? 0 : (word & ~FRAME) | ((word + pages) & FRAME);
  }

  static long pfn(long word) {
    return word & FRAME;
  }

  static boolean isBlock(long word) {
    return (word >>> LEAF_AT & LEAF_MASK) != 0;
  }

  static boolean isBlockSize(long pages) {
    return pages == BLOCK_PAGES || pages == GIGA_PAGES;
  }

  static long asPages(long word) {
    return word & ~(LEAF_MASK << LEAF_AT);
  }

  static long young(long word) {
    return word | 1L << ACCESSED_AT;
  }

  static long withPerms(long word, int added) {
    return word | (long) added << PERMS_AT;
  }

  static long readOnly(long word) {
    return word & ~((long) WRITE << PERMS_AT);
  }

  static Stage2Page page(long word, long mapped, long changed) {
    long leaf = word >>> LEAF_AT & LEAF_MASK;
    long perms = word >>> PERMS_AT & PERMS_MASK;
    return new Stage2Page(
        new Pfn(pfn(word)),
        leaf == 0 ? 1 : leaf == 1 ? BLOCK_PAGES : GIGA_PAGES,
        new Perms((perms & READ) != 0, (perms & WRITE) != 0, (perms & EXECUTE) != 0),
        Codes.MEMORY_TYPES.get((int) (word >>> TYPE_AT & TYPE_MASK)),
        (word >>> ACCESSED_AT & 1) != 0,
        mapped,
        changed);
  }
}
