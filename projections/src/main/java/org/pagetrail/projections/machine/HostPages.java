package org.pagetrail.projections.machine;

import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.projections.ranges.PageRuns;
import org.pagetrail.projections.ranges.PageSpan;
import org.pagetrail.projections.ranges.Run;
import org.pagetrail.projections.ranges.RunStore;

/** What the host's page table holds for the monitor, by host page number, as far as it is known. */
final class HostPages {
  private static final long LAST_FRAME = PageSpan.NUMBERS - 1;

  private final PageRuns<HostPage> pages;
  private final FrameKinds kinds;

  HostPages(RunStore<HostPage> store, FrameKinds kinds) {
    this(new PageRuns<>(store), kinds);
  }

  private HostPages(PageRuns<HostPage> pages, FrameKinds kinds) {
    this.pages = pages;
    this.kinds = kinds;
  }

  HostPages fork(FrameKinds forkedKinds) {
    return new HostPages(pages.fork(), forkedKinds);
  }

  Collection<Run<HostPage>> runs() {
    return pages.runs();
  }

  List<Run<HostPage>> in(PageSpan span) {
    return span.isEmpty() ? List.of() : pages.overlapping(span.first(), span.pages());
  }

  Iterable<Run<HostPage>> eachIn(PageSpan span) {
    return () -> pages.each(span.first(), span.pages());
  }

  @Nullable HostPage at(long page) {
    return pages.at(page);
  }

  void see(HostEvent.PagesSeen event, Origin origin) {
    PageSpan span = PageSpan.of(event.range());
    Frames frames = framesOf(event, span);
    put(
        span,
        new HostPage(
            event.first(),
            frames,
            event.kind(),
            null,
            event.exclusive(),
            event.flags(),
            origin,
            -1));
  }

  private static Frames framesOf(HostEvent.PagesSeen event, PageSpan span) {
    if (event.contiguous() || span.pages() == 1) {
      return Frames.CONSECUTIVE;
    }
    return event.kind() == PageKind.ZERO_PAGE ? Frames.SAME : Frames.SCATTERED;
  }

  void map(HostEvent.PageMapped event, Origin origin) {
    PageSpan span =
        PageSpan.clamped(PageSpan.pageOf(event.hva().value()), Math.max(1, event.size().pages()));
    put(span, mapped(event.pfn(), Frames.CONSECUTIVE, event.kind(), event.writable(), origin));
  }

  void map(HostEvent.PagesMapped event, Origin origin) {
    Frames frames = event.consecutive() ? Frames.CONSECUTIVE : Frames.SAME;
    put(
        PageSpan.of(event.range()),
        mapped(event.first(), frames, event.kind(), event.writable(), origin));
  }

  /** Nothing is mapped any more; what was, ascending. */
  List<Run<HostPage>> drop(PageSpan span, Origin origin) {
    return pages.put(span.first(), span.pages(), HostPage.absent(origin));
  }

  void update(HvaRange range, UnaryOperator<HostPage> change) {
    PageSpan span = PageSpan.of(range);
    if (!span.isEmpty()) {
      pages.update(span.first(), span.pages(), change);
    }
  }

  /** A lookup told which frame stands behind a page. */
  void resolve(long page, Pfn pfn, @Nullable Boolean writable, Origin origin) {
    HostPage before = pages.at(page);
    if (before == null || !pfn.equals(before.pfn()) || before.doubted() >= 0) {
      pages.put(page, 1, mapped(pfn, Frames.CONSECUTIVE, kinds.kindOf(pfn), writable, origin));
    }
  }

  /**
   * A stage 2 mapping shows which frames stood behind {@code span} at the time of its lookup. What
   * is known of a page since then stays; what was known before and differs is out of date, because
   * a page that is faulted in leaves no line in a trace.
   */
  void behindMapping(PageSpan span, Pfn first, long lookupSeq, Origin origin) {
    long gap = span.first();
    for (Run<HostPage> run : in(span)) {
      Run<HostPage> there = run.clip(span.first(), span.end());
      HostPage page = there.value();
      boolean isNewer = page.origin().seq() > lookupSeq || page.doubted() > lookupSeq;
      fill(gap, there.first(), span, first, origin);
      if (!isNewer) {
        PageSpan agreeing = agreeing(there, frame(first, span, there.first()));
        fill(there.first(), agreeing.first(), span, first, origin);
        fill(agreeing.end(), there.end(), span, first, origin);
      }
      gap = there.end();
    }
    fill(gap, span.end(), span, first, origin);
  }

  /** The pages of a run behind which the frames are that follow from {@code expected}. */
  private static PageSpan agreeing(Run<HostPage> run, Pfn expected) {
    Pfn known = run.value().pfn();
    PageSpan none = new PageSpan(run.end(), 0);
    if (known == null || run.value().doubted() >= 0) {
      return none;
    }
    long ahead = (known.value() - expected.value()) & LAST_FRAME;
    return switch (run.value().frames()) {
      case CONSECUTIVE -> ahead == 0 ? new PageSpan(run.first(), run.pages()) : none;
      case SAME -> ahead < run.pages() ? new PageSpan(run.first() + ahead, 1) : none;
      case SCATTERED -> ahead == 0 ? new PageSpan(run.first(), 1) : none;
    };
  }

  /** Each page is of the kind that its own frame is known to be. */
  private void fill(long from, long to, PageSpan span, Pfn first, Origin origin) {
    for (long at = from; at < to; ) {
      Pfn pfn = frame(first, span, at);
      long alike = kinds.alike(pfn, to - at);
      HostPage page = mapped(pfn, Frames.CONSECUTIVE, kinds.kindOf(pfn), null, origin);
      pages.put(at, alike, page);
      at += alike;
    }
  }

  private static Pfn frame(Pfn first, PageSpan span, long page) {
    return new Pfn((first.value() + page - span.first()) & LAST_FRAME);
  }

  private static HostPage mapped(
      @Nullable Pfn pfn, Frames frames, PageKind kind, @Nullable Boolean writable, Origin origin) {
    return new HostPage(pfn, frames, kind, writable, null, List.of(), origin, -1);
  }

  private void put(PageSpan span, HostPage page) {
    if (!span.isEmpty()) {
      pages.put(span.first(), span.pages(), page);
      Pfn first = page.pfn();
      if (first != null) {
        kinds.learn(page.framesOf(first, span.pages()), page.kind(), page.origin());
      }
    }
  }
}
