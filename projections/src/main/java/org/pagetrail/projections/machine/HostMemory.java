package org.pagetrail.projections.machine;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.Writer;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.projections.ranges.PageRuns;
import org.pagetrail.projections.ranges.PageSpan;
import org.pagetrail.projections.ranges.Run;

/** The monitor's address space and the host frames behind it, as far as the trail tells. */
public final class HostMemory {
  /** Architectures with coloured zero pages have at most 16; more are not believed. */
  private static final int ZERO_PAGES_MAX = 64;

  private final PageRuns<HostMapping> mappings;
  private final PageRuns<HostPage> pages;
  private final PageRuns<FrameKind> frames;
  private final PageRuns<RangeContent> ranges;
  private final NavigableMap<Long, PageContent> contents;
  private final NavigableSet<Pfn> zeroPages;

  HostMemory() {
    this(
        new PageRuns<>(),
        new PageRuns<>(),
        new PageRuns<>(),
        new PageRuns<>(),
        new TreeMap<>(),
        new TreeSet<>());
  }

  private HostMemory(
      PageRuns<HostMapping> mappings,
      PageRuns<HostPage> pages,
      PageRuns<FrameKind> frames,
      PageRuns<RangeContent> ranges,
      NavigableMap<Long, PageContent> contents,
      NavigableSet<Pfn> zeroPages) {
    this.mappings = mappings;
    this.pages = pages;
    this.frames = frames;
    this.ranges = ranges;
    this.contents = contents;
    this.zeroPages = zeroPages;
  }

  HostMemory fork() {
    TreeMap<Long, PageContent> contentsCopy = new TreeMap<>();
    contents.forEach((pfn, content) -> contentsCopy.put(pfn, content.fork()));
    return new HostMemory(
        mappings.fork(),
        pages.fork(),
        frames.fork(),
        ranges.fork(),
        contentsCopy,
        new TreeSet<>(zeroPages));
  }

  /** The mappings, by host page number. */
  public Collection<Run<HostMapping>> mappings() {
    return mappings.runs();
  }

  /** The mapping that holds {@code hva}. */
  public @Nullable HostMapping mappingAt(Hva hva) {
    return mappings.at(PageSpan.pageOf(hva.value()));
  }

  /** The pages whose state is known, by host page number. */
  public Collection<Run<HostPage>> pages() {
    return pages.runs();
  }

  /** The known pages that share one with {@code span}, whole. */
  public List<Run<HostPage>> pagesIn(PageSpan span) {
    return span.isEmpty() ? List.of() : pages.overlapping(span.first(), span.pages());
  }

  /** The page at {@code hva}. */
  public @Nullable HostPage pageAt(Hva hva) {
    return pages.at(PageSpan.pageOf(hva.value()));
  }

  /** What was last filled or loaded at {@code hva}. */
  public @Nullable RangeContent rangeContentAt(Hva hva) {
    return ranges.at(PageSpan.pageOf(hva.value()));
  }

  /** What was filled or loaded, by host page number. */
  public Collection<Run<RangeContent>> rangeContents() {
    return ranges.runs();
  }

  /** The kind of a frame, null if no entry said. */
  public @Nullable FrameKind kindOf(Pfn pfn) {
    return frames.at(pfn.value());
  }

  /** The frames of the 4 KiB zero page, one on most architectures. */
  public Collection<Pfn> zeroPages() {
    return Collections.unmodifiableCollection(zeroPages);
  }

  /** What is known of a frame's bytes, null if nothing. */
  public @Nullable PageContent contentOf(Pfn pfn) {
    return contents.get(pfn.value());
  }

  /** The frames with known bytes, ascending by number, as a view. */
  public SortedMap<Long, PageContent> contents() {
    return Collections.unmodifiableSortedMap(contents);
  }

  void apply(HostEvent event, Origin origin) {
    switch (event) {
      case HostEvent.HostMapped mapped -> map(mapped, origin);
      case HostEvent.HostUnmapped unmapped -> unmap(unmapped.range(), origin);
      case HostEvent.PagesSeen seen -> see(seen, origin);
      case HostEvent.PageMapped mapped -> mapPage(mapped, origin);
      case HostEvent.PagesDropped dropped -> drop(PageSpan.of(dropped.range()), origin);
      case HostEvent.PagesWriteProtected range ->
          updatePages(range.range(), page -> page.writeProtected(origin));
      case HostEvent.RangeFilled filled ->
          write(filled.range(), filled.fillByte() & 0xff, null, filled.writer(), origin);
      case HostEvent.RangeLoaded loaded ->
          write(loaded.range(), -1, loaded.file(), Writer.HOST, origin);
      case HostEvent.RangeInvalidated range ->
          updatePages(range.range(), page -> page.doubted(origin.seq()));
      case HostEvent.EntryChanged changed ->
          updatePages(HvaRange.pageOf(changed.hva()), page -> page.doubted(origin.seq()));
      case HostEvent.ZeroPageSeen seen ->
          learn(new PageSpan(seen.pfn().value(), 1), PageKind.ZERO_PAGE, origin);
      case HostEvent.ContentSeen seen -> content(seen.pfn()).see(seen, origin);
      case HostEvent.PageWritten written -> content(written.pfn()).write(written, origin);
      case HostEvent.PagesMapped mapped -> mapPages(mapped, origin);
      case HostEvent.PagesShared shared ->
          updatePages(shared.range(), page -> page.shared(shared.shared(), origin));
      case HostEvent.PageCopied copied -> copy(copied);
      default -> {}
    }
  }

  /** A lookup told which frame stands behind {@code hva}. */
  void resolve(Hva hva, Pfn pfn, PageKind kind, @Nullable Boolean writable, Origin origin) {
    learn(new PageSpan(pfn.value(), 1), kind, origin);
    long page = PageSpan.pageOf(hva.value());
    HostPage before = pages.at(page);
    if (before != null && pfn.equals(before.pfn()) && before.doubted() < 0) {
      return;
    }
    FrameKind known = kindOf(pfn);
    PageKind is = known == null ? PageKind.UNKNOWN : known.kind();
    pages.put(
        page, 1, new HostPage(pfn, Frames.CONSECUTIVE, is, writable, null, List.of(), origin, -1));
  }

  /** A lookup told the kind of a frame without a host address. */
  void learn(Pfn pfn, PageKind kind, Origin origin) {
    learn(new PageSpan(pfn.value(), 1), kind, origin);
  }

  private void map(HostEvent.HostMapped event, Origin origin) {
    PageSpan span = PageSpan.of(event.range());
    if (!span.isEmpty()) {
      HostMapping mapping =
          new HostMapping(
              event.range(), event.backing(), event.perms(), event.advice(), event.name(), origin);
      mappings.put(span.first(), span.pages(), mapping);
    }
  }

  private void unmap(HvaRange range, Origin origin) {
    PageSpan span = PageSpan.of(range);
    if (!span.isEmpty()) {
      mappings.remove(span.first(), span.pages());
      drop(span, origin);
      ranges.remove(span.first(), span.pages());
    }
  }

  private void see(HostEvent.PagesSeen event, Origin origin) {
    PageSpan span = PageSpan.of(event.range());
    if (span.isEmpty()) {
      return;
    }
    Pfn first = event.first();
    Frames frames = framesOf(event, span);
    HostPage page =
        new HostPage(
            first, frames, event.kind(), null, event.exclusive(), event.flags(), origin, -1);
    pages.put(span.first(), span.pages(), page);
    if (first != null) {
      learn(frameSpan(first, frames, span.pages()), event.kind(), origin);
    }
  }

  private static Frames framesOf(HostEvent.PagesSeen event, PageSpan span) {
    if (event.contiguous() || span.pages() == 1) {
      return Frames.CONSECUTIVE;
    }
    return event.kind() == PageKind.ZERO_PAGE ? Frames.SAME : Frames.SCATTERED;
  }

  private static PageSpan frameSpan(Pfn first, Frames frames, long pages) {
    return PageSpan.clamped(first.value(), frames == Frames.CONSECUTIVE ? pages : 1);
  }

  private void mapPages(HostEvent.PagesMapped event, Origin origin) {
    PageSpan span = PageSpan.of(event.range());
    if (span.isEmpty()) {
      return;
    }
    Pfn first = event.first();
    Frames frames = event.consecutive() ? Frames.CONSECUTIVE : Frames.SAME;
    HostPage page =
        new HostPage(first, frames, event.kind(), event.writable(), null, List.of(), origin, -1);
    pages.put(span.first(), span.pages(), page);
    if (first != null) {
      learn(frameSpan(first, frames, span.pages()), event.kind(), origin);
    }
  }

  /** The copies hold what the originals held. */
  private void copy(HostEvent.PageCopied event) {
    long pages = Math.max(1, event.size().pages());
    long from = event.from().value();
    for (Map.Entry<Long, PageContent> entry :
        List.copyOf(contents.subMap(from, true, from + pages - 1, true).entrySet())) {
      long to = event.to().value() + entry.getKey() - from;
      contents.put(to, entry.getValue().fork());
    }
  }

  private void mapPage(HostEvent.PageMapped event, Origin origin) {
    PageSpan span =
        PageSpan.clamped(PageSpan.pageOf(event.hva().value()), Math.max(1, event.size().pages()));
    learn(PageSpan.clamped(event.pfn().value(), span.pages()), event.kind(), origin);
    HostPage page =
        new HostPage(
            event.pfn(),
            Frames.CONSECUTIVE,
            event.kind(),
            event.writable(),
            null,
            List.of(),
            origin,
            -1);
    pages.put(span.first(), span.pages(), page);
  }

  /** The frames of private pages go back to the host, and what they held is of no use any more. */
  private void drop(PageSpan span, Origin origin) {
    if (span.isEmpty()) {
      return;
    }
    for (Run<HostPage> run : pages.put(span.first(), span.pages(), HostPage.absent(origin))) {
      PageKind kind = run.value().kind();
      if (kind == PageKind.ANONYMOUS || kind == PageKind.ANONYMOUS_HUGE) {
        forgetContent(run);
      }
    }
  }

  private void write(
      HvaRange range, int fillByte, @Nullable String file, Writer writer, Origin origin) {
    PageSpan span = PageSpan.of(range);
    if (span.isEmpty()) {
      return;
    }
    RangeContent content = new RangeContent(range, fillByte, file, writer, origin);
    PageSpan whole = wholePages(range, span);
    for (long edge : new long[] {span.first(), span.end() - 1}) {
      if (!whole.contains(edge) && ranges.at(edge) == null) {
        ranges.put(edge, 1, content);
      }
      forgetBytes(edge, range);
    }
    if (!whole.isEmpty()) {
      ranges.put(whole.first(), whole.pages(), content);
      for (Run<HostPage> run : pagesIn(whole)) {
        forgetContent(run.clip(whole.first(), whole.end()));
      }
    }
  }

  private static PageSpan wholePages(HvaRange range, PageSpan touched) {
    long from = touched.first() + (range.start().pageOffset() == 0 ? 0 : 1);
    boolean endsOnPage = range.last().pageOffset() == PageSize.BASE_BYTES - 1;
    long to = touched.end() - (endsOnPage ? 0 : 1);
    return new PageSpan(from, Math.max(0, to - from));
  }

  private void forgetBytes(long page, HvaRange range) {
    HostPage there = pages.at(page);
    PageContent content =
        there == null || there.pfn() == null ? null : contents.get(there.pfn().value());
    if (content != null) {
      long base = page << PageSize.BASE_SHIFT;
      int from = range.contains(new Hva(base)) ? 0 : range.start().pageOffset();
      long lastByte = base + PageSize.BASE_BYTES - 1;
      int to =
          range.contains(new Hva(lastByte))
              ? (int) PageSize.BASE_BYTES
              : range.last().pageOffset() + 1;
      content.forget(from, to);
    }
  }

  private void forgetContent(Run<HostPage> run) {
    Pfn pfn = run.value().pfn();
    if (pfn != null && !contents.isEmpty()) {
      PageSpan frames = frameSpan(pfn, run.value().frames(), run.pages());
      contents.subMap(frames.first(), frames.end()).clear();
    }
  }

  private void updatePages(HvaRange range, UnaryOperator<HostPage> change) {
    PageSpan span = PageSpan.of(range);
    if (!span.isEmpty()) {
      pages.update(span.first(), span.pages(), change);
    }
  }

  /** A zero page stays one; other frames are freed and used again. */
  private void learn(PageSpan span, PageKind kind, Origin origin) {
    switch (kind) {
      case UNKNOWN, ABSENT -> {}
      case ZERO_PAGE -> {
        for (long pfn = span.first();
            pfn < span.end() && zeroPages.size() < ZERO_PAGES_MAX;
            pfn++) {
          if (zeroPages.add(new Pfn(pfn))) {
            frames.put(pfn, 1, new FrameKind(kind, origin));
          }
        }
      }
      default -> learnOrdinary(span, new FrameKind(kind, origin));
    }
  }

  private void learnOrdinary(PageSpan span, FrameKind kind) {
    List<Run<FrameKind>> before = frames.put(span.first(), span.pages(), kind);
    for (Run<FrameKind> run : before) {
      if (run.value().kind() == PageKind.ZERO_PAGE) {
        frames.put(run.first(), run.pages(), run.value());
      }
    }
  }

  private PageContent content(Pfn pfn) {
    return contents.computeIfAbsent(pfn.value(), number -> new PageContent());
  }
}
