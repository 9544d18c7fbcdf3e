package org.pagetrail.projections.machine;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.projections.ranges.PageSpan;
import org.pagetrail.projections.ranges.RunValue;

/**
 * What stage 2 holds for the pages of one mapping.
 *
 * @param pfn the frame of the first page; the frames of the others follow
 * @param leafPages pages of one table entry: 1, 512 or 262144
 * @param accessed the access flag
 * @param mapped the event that put it there
 * @param changes the latest events that changed it since, ascending, at most {@link #CHANGES_KEPT}
 * @param changeCount how many there were
 * @param invalidated the notifier call on its host pages that no unmap has followed yet, -1 if none
 */
public record Stage2Entry(
    Pfn pfn,
    long leafPages,
    Perms perms,
    MemoryType memoryType,
    boolean accessed,
    Origin mapped,
    List<Origin> changes,
    long changeCount,
    long invalidated)
    implements RunValue<Stage2Entry> {

  /** How many changes an entry remembers. */
  public static final int CHANGES_KEPT = 8;

  /** A new entry; the access flag is set on creation. */
  static Stage2Entry mapped(
      Pfn pfn, long pages, boolean aligned, Perms perms, MemoryType memoryType, Origin origin) {
    boolean block = aligned && (pages == blockPages() || pages == gigaPages());
    return new Stage2Entry(
        pfn, block ? pages : 1, perms, memoryType, true, origin, List.of(), 0, -1);
  }

  private static long blockPages() {
    return PageSize.BLOCK_BYTES / PageSize.BASE_BYTES;
  }

  private static long gigaPages() {
    return PageSize.GIGA_BYTES / PageSize.BASE_BYTES;
  }

  /** True if one table entry maps more than a page. */
  public boolean isBlock() {
    return leafPages > 1;
  }

  /** The event that last touched the entry. */
  public Origin lastChange() {
    return changes.isEmpty() ? mapped : changes.getLast();
  }

  Stage2Entry with(Perms newPerms, boolean newAccessed, Origin change) {
    return newPerms.equals(perms) && newAccessed == accessed
        ? this
        : changed(leafPages, newPerms, newAccessed, change);
  }

  /** The same mapped by base pages. */
  Stage2Entry split(Origin change) {
    return isBlock() ? changed(1, perms, accessed, change) : this;
  }

  private Stage2Entry changed(
      long newLeafPages, Perms newPerms, boolean newAccessed, Origin change) {
    int keepFrom = changes.size() < CHANGES_KEPT ? 0 : 1;
    List<Origin> kept = new ArrayList<>(changes.subList(keepFrom, changes.size()));
    kept.add(change);
    return new Stage2Entry(
        pfn,
        newLeafPages,
        newPerms,
        memoryType,
        newAccessed,
        mapped,
        List.copyOf(kept),
        changeCount + 1,
        invalidated);
  }

  Stage2Entry invalidated(long seq) {
    return invalidated >= 0
        ? this
        : new Stage2Entry(
            pfn, leafPages, perms, memoryType, accessed, mapped, changes, changeCount, seq);
  }

  @Override
  public Stage2Entry from(long pages) {
    return pages == 0
        ? this
        : new Stage2Entry(
            frame(pages),
            leafPages,
            perms,
            memoryType,
            accessed,
            mapped,
            changes,
            changeCount,
            invalidated);
  }

  /** The frame {@code pages} further on; numbers wrap where a trail maps past the last frame. */
  private Pfn frame(long pages) {
    return new Pfn((pfn.value() + pages) & (PageSpan.NUMBERS - 1));
  }
}
