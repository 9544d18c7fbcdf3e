package org.pagetrail.kvm.stage2;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.KvmEvent.Stage2Relaxed;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.kvm.run.Run;
import org.pagetrail.kvm.run.RunMap;
import org.pagetrail.kvm.run.RunStores;

/**
 * The guest's stage 2 at one moment: an immutable value. Tables exist exactly where entries are: an
 * empty table is freed.
 */
public final class Stage2 {
  /** Base pages that a level 2 entry maps. */
  public static final long BLOCK_PAGES = PageSize.BLOCK_BYTES >> PageSize.BASE_SHIFT;

  /** Base pages that a level 1 entry maps. */
  public static final long GIGA_PAGES = PageSize.GIGA_BYTES >> PageSize.BASE_SHIFT;

  /** No entry at all. */
  public static final Stage2 EMPTY = new Stage2(RunMap.empty());

  private final RunMap<Stage2Leaves> leaves;

  private Stage2(RunMap<Stage2Leaves> leaves) {
    this.leaves = leaves;
  }

  /** The same with its entries in a store. */
  public Stage2 settledIn(RunStores stores) {
    return new Stage2(leaves.settledIn(stores.store(new Stage2Words())));
  }

  /** The same with what changed put into the store below, as {@link RunMap#settled} does. */
  public Stage2 settled() {
    return new Stage2(leaves.settled());
  }

  /** A copy that changes on its own also where it lies over a store. */
  public Stage2 forked() {
    return new Stage2(leaves.forked());
  }

  /** How many base pages an entry of a level maps, as arm counts levels; 1 for an unknown level. */
  public static long leafPages(int level) {
    return switch (level) {
      case 1 -> GIGA_PAGES;
      case 2 -> BLOCK_PAGES;
      default -> 1;
    };
  }

  /** The entry that maps an address, seen from the page that holds it; null if there is none. */
  public @Nullable Stage2Leaves at(Gpa gpa) {
    return leaves.at(gpa.gfn().value());
  }

  /** Runs of alike entries in a range, ascending, by guest frame number. */
  public List<Run<Stage2Leaves>> in(GpaRange range) {
    return leaves.in(first(range), pages(range));
  }

  /** All runs of alike entries, ascending, by guest frame number. */
  public List<Run<Stage2Leaves>> all() {
    return leaves.all();
  }

  /** True if some entry of the table that would hold a base page entry for {@code gpa} is valid. */
  public boolean hasTable(Gpa gpa) {
    long block = gpa.gfn().value() & -BLOCK_PAGES;
    for (Run<Stage2Leaves> run : leaves.in(block, BLOCK_PAGES)) {
      if (run.value().leafPages() == 1) {
        return true;
      }
    }
    return false;
  }

  /** The level at which a walk for an address that is not mapped ends. */
  public int missLevel(Gpa gpa) {
    if (hasTable(gpa)) {
      return 3;
    }
    long giga = gpa.gfn().value() & -GIGA_PAGES;
    return leaves.anyIn(giga, GIGA_PAGES) ? 2 : 1;
  }

  /** The state after an entry was put in. */
  public Stage2 evolve(Stage2Mapped event) {
    long pages = event.size().pages();
    if (event.ret() != 0 || pages == 0) {
      return this;
    }
    long leaf = pages == BLOCK_PAGES || pages == GIGA_PAGES ? pages : 1;
    long first = event.gpa().gfn().value();
    Stage2Leaves added =
        new Stage2Leaves(event.pfn(), event.perms(), event.memoryType(), leaf, false);
    return new Stage2(without(first, pages).with(first, pages, added));
  }

  /** The state after permissions were added to an entry. */
  public Stage2 evolve(Stage2Relaxed event) {
    Stage2Leaves there = at(event.gpa());
    if (event.ret() != 0 || there == null) {
      return this;
    }
    long first = event.gpa().gfn().value() & -there.leafPages();
    return new Stage2(leaves.mapped(first, there.leafPages(), leaf -> leaf.relaxed(event.added())));
  }

  /** The state after every entry that overlaps the range was removed. */
  public Stage2 unmapped(GpaRange range) {
    return new Stage2(without(first(range), pages(range)));
  }

  /** The state after every entry that overlaps the range lost write permission. */
  public Stage2 writeProtected(GpaRange range) {
    long first = leafStart(first(range));
    long end = leafEnd(first(range) + pages(range));
    return new Stage2(leaves.mapped(first, end - first, Stage2Leaves::protectedFromWrites));
  }

  /** The state after blocks that lie in the range became tables of base pages. */
  public Stage2 split(GpaRange range) {
    return new Stage2(leaves.mapped(first(range), pages(range), Stage2Leaves::inBasePages));
  }

  private RunMap<Stage2Leaves> without(long first, long pages) {
    long start = leafStart(first);
    return leaves.without(start, leafEnd(first + pages) - start);
  }

  /** The first page of the entry that maps {@code page}, or the page itself. */
  private long leafStart(long page) {
    Stage2Leaves there = leaves.at(page);
    return there == null ? page : page & -there.leafPages();
  }

  /** The end of the entry that reaches over the boundary before {@code page}, or the page. */
  private long leafEnd(long page) {
    Stage2Leaves there = leaves.at(page);
    return there == null || (page & (there.leafPages() - 1)) == 0
        ? page
        : (page & -there.leafPages()) + there.leafPages();
  }

  private static long first(GpaRange range) {
    return range.start().gfn().value();
  }

  private static long pages(GpaRange range) {
    return range.size().pages();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Stage2 that && leaves.equals(that.leaves);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(leaves);
  }

  @Override
  public String toString() {
    return leaves.toString();
  }
}
