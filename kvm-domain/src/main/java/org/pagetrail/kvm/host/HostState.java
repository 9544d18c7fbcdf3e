package org.pagetrail.kvm.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.kvm.host.Window.Table;
import org.pagetrail.kvm.run.Run;
import org.pagetrail.kvm.run.RunMap;
import org.pagetrail.kvm.run.RunStores;
import org.pcollections.TreePMap;

/**
 * The monitor's address space at one moment: an immutable value, changed by events alone. What a
 * range of alike pages costs does not depend on its length.
 */
public final class HostState {
  private final HostSettings settings;
  private final RunMap<Mapping> mappings;
  private final RunMap<HostPages> pages;
  private final RunMap<HostPages> pageCache;
  private final RunMap<Table> tables;
  private final PageContents contents;
  private final FrameSupply frames;
  private final TreePMap<Pfn, Long> leaks;

  HostState(
      HostSettings settings,
      RunMap<Mapping> mappings,
      RunMap<HostPages> pages,
      RunMap<HostPages> pageCache,
      RunMap<Table> tables,
      PageContents contents,
      FrameSupply frames,
      TreePMap<Pfn, Long> leaks) {
    this.settings = settings;
    this.mappings = mappings;
    this.pages = pages;
    this.pageCache = pageCache;
    this.tables = tables;
    this.contents = contents;
    this.frames = frames;
    this.leaks = leaks;
  }

  /** A process that maps nothing yet. */
  public static HostState initial(HostSettings settings) {
    return new HostState(
        settings,
        RunMap.empty(),
        RunMap.empty(),
        RunMap.empty(),
        RunMap.empty(),
        PageContents.EMPTY.filled(settings.zeroPage().value(), settings.zeroPages(), 0),
        FrameSupply.INITIAL,
        TreePMap.empty());
  }

  /** The same with what grows with the pages in stores. */
  public HostState settledIn(RunStores stores) {
    return with(
        pages.settledIn(stores.store(new HostPagesWords())),
        contents.settledIn(stores),
        frames.settledIn(stores));
  }

  /** The same with what changed put into the stores below; states before it become invalid. */
  public HostState settled() {
    return with(pages.settled(), contents.settled(), frames.settled());
  }

  /** A copy that changes on its own also where it lies over stores. */
  public HostState forked() {
    return with(pages.forked(), contents.forked(), frames.forked());
  }

  private HostState with(
      RunMap<HostPages> newPages, PageContents newContents, FrameSupply newFrames) {
    return new HostState(
        settings, mappings, newPages, pageCache, tables, newContents, newFrames, leaks);
  }

  /** How the host is set up. */
  public HostSettings settings() {
    return settings;
  }

  /** The mapping at an address, or null. */
  public @Nullable Mapping mappingAt(Hva hva) {
    return mappings.at(Pages.of(hva));
  }

  /** What the host's page table says of the page at an address, or null if it maps nothing. */
  public @Nullable HostPages pageAt(Hva hva) {
    return pages.at(Pages.of(hva));
  }

  /** The runs of mapped pages in a range, ascending, by page number. */
  public List<Run<HostPages>> pagesIn(HvaRange range) {
    return pages.in(Pages.of(range.start()), Pages.in(range));
  }

  /** The mappings in a range, ascending, by page number. */
  public List<Run<Mapping>> mappingsIn(HvaRange range) {
    return mappings.in(Pages.of(range.start()), Pages.in(range));
  }

  /** All mappings, ascending, by page number. */
  public List<Run<Mapping>> mappings() {
    return mappings.all();
  }

  /**
   * The little-endian value of {@code width} bytes, 1 to 8, at an address; null where the page is
   * absent or a byte is not known.
   */
  public @Nullable Long read(Hva hva, int width) {
    HostPages page = pageAt(hva);
    return page == null || page.frame() == null
        ? null
        : read(page.frame(), hva.pageOffset(), width);
  }

  /** The same for a frame; null too where the bytes leave the frame. */
  public @Nullable Long read(Pfn frame, int offset, int width) {
    return offset + width > PageSize.BASE_BYTES
        ? null
        : contents.read(frame.value(), offset, width);
  }

  /** True if somebody overwrote a 4 KiB zero page. */
  public boolean zeroPageIsDirty() {
    for (int colour = 0; colour < settings.zeroPages(); colour++) {
      if (contents.hasNonZero(settings.zeroPage().value() + colour)) {
        return true;
      }
    }
    return false;
  }

  /** How many references on a frame were taken and never dropped. */
  public long leakedReferences(Pfn pfn) {
    return leaks.getOrDefault(pfn, 0L);
  }

  TreePMap<Pfn, Long> leaks() {
    return leaks;
  }

  HostState withLeaks(Pfn pfn, long count) {
    return new HostState(
        settings, mappings, pages, pageCache, tables, contents, frames, leaks.plus(pfn, count));
  }

  /** Whether a table of base pages exists for the 2 MiB window around a page. */
  boolean hasTable(long page) {
    return tables.at(Window.of(page)) != null;
  }

  /** The first page at or behind {@code page} whose window has a table of base pages. */
  long nextTable(long page) {
    long window = Window.of(page);
    if (tables.at(window) != null) {
      return page;
    }
    Run<Table> next = tables.nextFrom(window);
    return next == null ? Long.MAX_VALUE : next.first() * Window.PAGES;
  }

  /** The first page at or behind {@code page} in a window that has a table or a huge page. */
  long nextPopulated(long page) {
    Run<HostPages> there = pages.runAt(page);
    Run<HostPages> next = there != null ? there : pages.nextFrom(page);
    long huge = next == null ? Long.MAX_VALUE : Math.max(page, Window.start(next.first()));
    return Math.min(huge, nextTable(page));
  }

  /** The end of the windows from that of {@code page} on which all have tables of base pages. */
  long basePagesEnd(long page) {
    Run<Table> run = tables.runAt(Window.of(page));
    return run == null ? Window.start(page) + Window.PAGES : run.end() * Window.PAGES;
  }

  /** The run of one mapping that holds a page, or null. */
  @Nullable Run<Mapping> mappingRun(long page) {
    return mappings.runAt(page);
  }

  RunMap<Mapping> mappingMap() {
    return mappings;
  }

  RunMap<Table> tables() {
    return tables;
  }

  /** Whether pages of the page cache stand behind a range, and which, ascending. */
  public List<Run<HostPages>> cachedIn(HvaRange range) {
    return pageCache.in(Pages.of(range.start()), Pages.in(range));
  }

  /** The numbers of the 2 MiB windows of a range that have a table of base pages, ascending. */
  public List<Long> tablesIn(HvaRange range) {
    List<Long> windows = new ArrayList<>();
    long first = Pages.of(range.start());
    for (long at = first; at < first + Pages.in(range); at = Window.start(at) + Window.PAGES) {
      if (hasTable(at)) {
        windows.add(Window.of(at));
      }
    }
    return windows;
  }

  /** The first frame of the huge zero page, null as long as nobody needed it. */
  public @Nullable Pfn hugeZeroPage() {
    return frames.hugeZero();
  }

  PageContents contents() {
    return contents;
  }

  RunMap<HostPages> pages() {
    return pages;
  }

  RunMap<HostPages> pageCache() {
    return pageCache;
  }

  FrameSupply frames() {
    return frames;
  }

  /** The state after an event. */
  public HostState evolve(HostEvent event) {
    return new HostEvolution(this).after(event);
  }

  /** The state of a host set up otherwise. */
  public HostState withSettings(HostSettings newSettings) {
    return new HostState(newSettings, mappings, pages, pageCache, tables, contents, frames, leaks);
  }

  HostState with(RunMap<HostPages> newPages) {
    return new HostState(settings, mappings, newPages, pageCache, tables, contents, frames, leaks);
  }

  HostState with(FrameSupply newFrames) {
    return new HostState(settings, mappings, pages, pageCache, tables, contents, newFrames, leaks);
  }

  HostState withMappings(RunMap<Mapping> newMappings) {
    return new HostState(settings, newMappings, pages, pageCache, tables, contents, frames, leaks);
  }

  HostState withContents(PageContents newContents) {
    return new HostState(settings, mappings, pages, pageCache, tables, newContents, frames, leaks);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HostState that
        && settings.equals(that.settings)
        && mappings.equals(that.mappings)
        && pages.equals(that.pages)
        && pageCache.equals(that.pageCache)
        && tables.equals(that.tables)
        && contents.equals(that.contents)
        && frames.equals(that.frames)
        && leaks.equals(that.leaks);
  }

  @Override
  public int hashCode() {
    return Objects.hash(settings, mappings, pages, pageCache, tables, contents, frames, leaks);
  }
}
