package org.pagetrail.kvm.host;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.HostEvent.HostMapped;
import org.pagetrail.events.HostEvent.MappingDetailed;
import org.pagetrail.events.HostEvent.PageCopied;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.PageMapped;
import org.pagetrail.events.HostEvent.PagesMapped;
import org.pagetrail.events.HostEvent.PagesSeen;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.kvm.host.Window.Table;
import org.pagetrail.kvm.run.Run;
import org.pagetrail.kvm.run.RunMap;

/** What each event of the host makes of its state. */
final class HostEvolution {
  private static final int UNKNOWN_BYTE = -1;

  private final HostState state;
  private final HostSettings settings;
  private final RunMap<Mapping> mappings;
  private final RunMap<HostPages> pages;
  private final RunMap<HostPages> pageCache;
  private final RunMap<Table> tables;
  private final PageContents contents;
  private final FrameSupply frames;

  HostEvolution(HostState state) {
    this.state = state;
    this.settings = state.settings();
    this.mappings = state.mappingMap();
    this.pages = state.pages();
    this.pageCache = state.pageCache();
    this.tables = state.tables();
    this.contents = state.contents();
    this.frames = state.frames();
  }

  /** The state after an event. */
  HostState after(HostEvent event) {
    return switch (event) {
      case HostMapped mapped -> map(mapped);
      case MappingDetailed detailed -> detail(detailed);
      case HostEvent.HostUnmapped unmapped -> unmap(unmapped.range());
      case PagesSeen seen -> see(seen);
      case PageMapped mapped -> mapPage(mapped);
      case PagesMapped mapped -> mapPages(mapped);
      case HostEvent.PagesShared shared ->
          changePages(shared.range(), p -> isPrivateKind(p.kind()) ? p.shared(shared.shared()) : p);
      case PageCopied copied -> copy(copied);
      case HostEvent.FrameExpected expected ->
          state.with(frames.expecting(Pages.of(expected.hva()), expected.pfn()));
      case HostEvent.PagesDropped dropped -> drop(dropped.range());
      case HostEvent.PagesWriteProtected range ->
          changePages(range.range(), HostPages::writeProtected);
      case HostEvent.RangeFilled filled -> fill(filled.range(), filled.fillByte());
      case HostEvent.RangeLoaded loaded -> fill(loaded.range(), UNKNOWN_BYTE);
      case HostEvent.ZeroPageSeen seen ->
          new HostState(
              settings.withZeroPage(seen.pfn()),
              mappings,
              pages,
              pageCache,
              tables,
              contents.filled(seen.pfn().value(), settings.zeroPages(), 0),
              frames,
              state.leaks());
      case HostEvent.ContentSeen seen -> seeContent(seen);
      case HostEvent.PageWritten written -> write(written);
      case HostEvent.RangeInvalidated ignored -> state;
      case HostEvent.EntryChanged ignored -> state;
      case HostEvent.HostCalled ignored -> state;
      case HostEvent.SignalSent ignored -> state;
      case HostEvent.ReferenceLeaked leaked -> state.withLeaks(leaked.pfn(), leaked.leakedSoFar());
    };
  }

  private HostState map(HostMapped event) {
    RunMap<Mapping> map = mappings;
    long first = Pages.of(event.range().start());
    long end = first + Pages.in(event.range());
    long from = first;
    for (Run<Mapping> run : mappings.in(first, end - first)) {
      map = map.with(from, run.first() - from, fresh(event, first));
      Mapping old = run.value();
      boolean same = old.backing() == event.backing() && old.name().equals(event.name());
      Mapping now = same ? old.with(event.perms(), event.advice()) : fresh(event, first);
      map = map.with(run.first(), run.count(), now);
      from = run.end();
    }
    return state.withMappings(map.with(from, end - from, fresh(event, first)));
  }

  private static Mapping fresh(HostMapped event, long first) {
    long origin =
        event.backing() == HostEvent.Backing.PRIVATE_ANONYMOUS && event.name().isEmpty()
            ? 0
            : first;
    return new Mapping(
        event.backing(),
        event.perms(),
        event.advice(),
        event.name(),
        origin,
        Mapping.NEVER,
        Mapping.Details.NONE);
  }

  private HostState detail(MappingDetailed event) {
    Mapping.Details details =
        new Mapping.Details(
            event.fileBytes(),
            event.sparse(),
            event.readOnlyFile(),
            event.cacheable(),
            event.anyUncached(),
            event.frames(),
            event.firstFrame());
    return state.withMappings(
        mappings.mapped(
            Pages.of(event.range().start()), Pages.in(event.range()), m -> m.with(details)));
  }

  private HostState unmap(HvaRange range) {
    HostState dropped = drop(range);
    long first = Pages.of(range.start());
    long count = Pages.in(range);
    long firstWindow = Window.of(first + Window.PAGES - 1);
    long windows = Window.of(first + count) - firstWindow;
    return new HostState(
        settings,
        dropped.mappingMap().without(first, count),
        dropped.pages(),
        dropped.pageCache().without(first, count),
        dropped.tables().without(firstWindow, windows),
        dropped.contents(),
        dropped.frames(),
        dropped.leaks());
  }

  private HostState see(PagesSeen event) {
    long first = Pages.of(event.range().start());
    long count = Pages.in(event.range());
    if (count <= 0) {
      return state;
    }
    HostState cut = cutHuge(event.range());
    if (event.kind() == PageKind.ABSENT) {
      return cut.with(cut.pages().without(first, count));
    }
    Mapping mapping = mappings.at(first);
    boolean writable =
        isPrivateKind(event.kind())
            ? event.exclusive()
            : mapping != null && !mapping.isPrivate() && mapping.perms().write();
    HostPages seen =
        new HostPages(
            event.kind(),
            event.first(),
            event.contiguous() || count == 1,
            writable && (mapping == null || mapping.perms().write()),
            isPrivateKind(event.kind()) && !event.exclusive(),
            isHugeLeaf(event.kind(), first, count));
    return new HostEvolution(cut).put(first, count, seen);
  }

  private HostState mapPage(PageMapped event) {
    long first = Pages.of(event.hva());
    long count = Math.max(1, event.size().pages());
    HostPages mapped =
        new HostPages(
            event.kind(),
            event.pfn(),
            true,
            event.writable(),
            false,
            isHugeLeaf(event.kind(), first, count));
    return put(first, count, mapped);
  }

  private HostState mapPages(PagesMapped event) {
    long count = Pages.in(event.range());
    HostPages mapped =
        new HostPages(
            event.kind(), event.first(), event.consecutive(), event.writable(), false, false);
    return count <= 0 ? state : put(Pages.of(event.range().start()), count, mapped);
  }

  /** Base pages of a kind that exists in both sizes are huge where they fill whole windows. */
  private static boolean isHugeLeaf(PageKind kind, long first, long count) {
    boolean kindIsHuge =
        switch (kind) {
          case HUGE_ZERO_PAGE, ANONYMOUS_HUGE, PAGE_CACHE_HUGE, HUGETLB -> true;
          default -> false;
        };
    return kindIsHuge && first % Window.PAGES == 0 && count % Window.PAGES == 0;
  }

  private HostState put(long first, long count, HostPages mapped) {
    HostState cut = cutHuge(Pages.range(first, count));
    Mapping mapping = mappings.at(first);
    PageContents known = cut.contents();
    Pfn frame = mapped.frame();
    if (frame != null && mapped.consecutive() && isNew(first, mapped)) {
      known = contentOfNew(mapping, mapped, count);
    }
    RunMap<HostPages> cache =
        mapping != null && mapping.hasPageCache() && isCacheKind(mapped.kind(), mapping)
            ? pageCache.with(first, count, mapped.writeProtected())
            : pageCache;
    RunMap<Table> newTables =
        mapped.huge()
            ? cut.tables().without(Window.of(first), Window.spanning(first, count))
            : cut.tables().with(Window.of(first), Window.spanning(first, count), Table.PRESENT);
    return new HostState(
        settings,
        anonymousFrom(first, mapping, mapped.kind()),
        cut.pages().with(first, count, mapped),
        cache,
        newTables,
        known,
        cut.frames().used(first, count, mapped),
        cut.leaks());
  }

  private boolean isNew(long first, HostPages mapped) {
    HostPages before = pages.at(first);
    HostPages cached = pageCache.at(first);
    return (before == null || !Objects.equals(before.frame(), mapped.frame()))
        && (cached == null || !Objects.equals(cached.frame(), mapped.frame()));
  }

  private PageContents contentOfNew(@Nullable Mapping mapping, HostPages mapped, long count) {
    long frame = Objects.requireNonNull(mapped.frame()).value();
    return switch (mapped.kind()) {
      case ZERO_PAGE -> contents;
      case HUGE_ZERO_PAGE -> contents.filled(frame, count, 0);
      case ANONYMOUS, ANONYMOUS_HUGE -> contents.filled(frame, count, 0);
      case HUGETLB, PAGE_CACHE, PAGE_CACHE_HUGE ->
          mapping != null && mapping.startsAsZeros()
              ? contents.filled(frame, count, 0)
              : contents.unknown(frame, count);
      case ABSENT, KSM, DEVICE, RESERVED_RAM, NOMAP_RAM, ZONE_DEVICE, POISONED, UNKNOWN -> contents;
    };
  }

  private RunMap<Mapping> anonymousFrom(long page, @Nullable Mapping mapping, PageKind kind) {
    if (mapping == null || mapping.anonymousSince() != Mapping.NEVER || !mapping.isPrivate()) {
      return mappings;
    }
    return switch (kind) {
      case ANONYMOUS, ANONYMOUS_HUGE, HUGE_ZERO_PAGE, KSM, HUGETLB -> {
        Run<Mapping> run = Objects.requireNonNull(mappings.runAt(page));
        yield mappings.with(run.first(), run.count(), mapping.anonymousSince(page));
      }
      default -> mappings;
    };
  }

  private HostState copy(PageCopied event) {
    return state.withContents(
        contents.copied(
            event.from().value(), event.to().value(), Math.max(1, event.size().pages())));
  }

  private HostState drop(HvaRange range) {
    HostState cut = cutHuge(range);
    return cut.with(cut.pages().without(Pages.of(range.start()), Pages.in(range)));
  }

  private HostState changePages(HvaRange range, UnaryOperator<HostPages> change) {
    HostState cut = cutHuge(range);
    return cut.with(cut.pages().mapped(Pages.of(range.start()), Pages.in(range), change));
  }

  private HostState fill(HvaRange range, int value) {
    PageContents known = contents;
    long start = range.start().value();
    long end = start + range.size().bytes();
    for (Run<HostPages> run : state.pagesIn(Pages.touched(range))) {
      Pfn frame = run.value().frame();
      if (frame == null) {
        continue;
      }
      long from = Math.max(start, run.first() << PageSize.BASE_SHIFT);
      long to = Math.min(end, run.end() << PageSize.BASE_SHIFT);
      boolean whole = ((from | to) & (PageSize.BASE_BYTES - 1)) == 0;
      long count = run.value().consecutive() ? run.count() : 1;
      if (!whole) {
        known = fillBytes(known, run, from, to, value);
      } else if (value == UNKNOWN_BYTE) {
        known = known.unknown(frame.value(), count);
      } else {
        known = known.filled(frame.value(), count, value);
      }
    }
    return state.withContents(known);
  }

  private static PageContents fillBytes(
      PageContents known, Run<HostPages> run, long from, long to, int value) {
    PageContents map = known;
    long at = from;
    while (at < to) {
      long page = at >>> PageSize.BASE_SHIFT;
      long pageEnd = Math.min(to, (page + 1) << PageSize.BASE_SHIFT);
      Pfn frame = Objects.requireNonNull(run.value().after(page - run.first()).frame());
      int offset = (int) (at & (PageSize.BASE_BYTES - 1));
      if (pageEnd - at == PageSize.BASE_BYTES && value != UNKNOWN_BYTE) {
        map = map.filled(frame.value(), 1, value);
      } else {
        map = map.bytes(frame.value(), offset, (int) (pageEnd - at), value);
      }
      at = pageEnd;
    }
    return map;
  }

  private HostState seeContent(HostEvent.ContentSeen seen) {
    PageContents known = seen.whole() ? contents.filled(seen.pfn().value(), 1, 0) : contents;
    for (HostEvent.Word word : seen.words()) {
      known = known.written(seen.pfn().value(), word.offset(), word.width(), word.value());
    }
    return state.withContents(known);
  }

  private HostState write(HostEvent.PageWritten written) {
    return state.withContents(
        contents.written(
            written.pfn().value(), written.offset(), written.width(), written.value()));
  }

  /** The state in which no huge entry reaches over either end of the range. */
  private HostState cutHuge(HvaRange range) {
    long first = Pages.of(range.start());
    long end = first + Pages.in(range);
    return new HostEvolution(cutHugeAt(first)).cutHugeAt(end);
  }

  private HostState cutHugeAt(long page) {
    HostPages there = page % Window.PAGES == 0 ? null : pages.at(page);
    if (there == null || !there.huge()) {
      return state;
    }
    long start = Window.start(page);
    return new HostState(
        settings,
        mappings,
        pages.mapped(start, Window.PAGES, HostPages::inBasePages),
        pageCache,
        tables.with(Window.of(page), 1, Table.PRESENT),
        contents,
        frames,
        state.leaks());
  }

  private static boolean isPrivateKind(PageKind kind) {
    return switch (kind) {
      case ANONYMOUS, ANONYMOUS_HUGE, HUGETLB -> true;
      default -> false;
    };
  }

  private static boolean isCacheKind(PageKind kind, Mapping mapping) {
    return switch (kind) {
      case PAGE_CACHE, PAGE_CACHE_HUGE -> true;
      case HUGETLB -> !mapping.isPrivate();
      default -> false;
    };
  }
}
