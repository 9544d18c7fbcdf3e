package org.pagetrail.projections.machine;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.projections.ranges.PageRuns;
import org.pagetrail.projections.ranges.PageSpan;
import org.pagetrail.projections.ranges.Run;

/** What is known of the bytes of host memory: by frame the words, by address what filled it. */
final class HostContents {
  private final PageRuns<RangeContent> ranges;
  private final NavigableMap<Long, PageContent> frames;

  HostContents() {
    this(new PageRuns<>(), new TreeMap<>());
  }

  private HostContents(PageRuns<RangeContent> ranges, NavigableMap<Long, PageContent> frames) {
    this.ranges = ranges;
    this.frames = frames;
  }

  HostContents fork() {
    NavigableMap<Long, PageContent> copy = new TreeMap<>();
    frames.forEach((pfn, content) -> copy.put(pfn, content.fork()));
    return new HostContents(ranges.fork(), copy);
  }

  void restore(MachineBesidesPages rest) {
    for (Run<RangeContent> run : rest.filled()) {
      ranges.put(run.first(), run.pages(), run.value());
    }
    rest.contents().forEach(known -> frames.put(known.pfn().value(), PageContent.of(known)));
  }

  @Nullable PageContent of(Pfn pfn) {
    return frames.get(pfn.value());
  }

  SortedMap<Long, PageContent> all() {
    return Collections.unmodifiableSortedMap(frames);
  }

  @Nullable RangeContent rangeAt(long page) {
    return ranges.at(page);
  }

  Collection<Run<RangeContent>> ranges() {
    return ranges.runs();
  }

  void see(HostEvent.ContentSeen event, Origin origin) {
    content(event.pfn()).see(event, origin);
  }

  void write(HostEvent.PageWritten event, Origin origin) {
    content(event.pfn()).write(event, origin);
  }

  private PageContent content(Pfn pfn) {
    return frames.computeIfAbsent(pfn.value(), number -> new PageContent());
  }

  /** The copies hold what the originals held. */
  void copy(HostEvent.PageCopied event) {
    PageSpan from = PageSpan.clamped(event.from().value(), Math.max(1, event.size().pages()));
    for (Map.Entry<Long, PageContent> entry :
        List.copyOf(frames.subMap(from.first(), true, from.end(), false).entrySet())) {
      long to = event.to().value() + entry.getKey() - from.first();
      frames.put(to, entry.getValue().fork());
    }
  }

  /** A range was filled or loaded: whole pages hold that, words within its edges are forgotten. */
  void fill(RangeContent content, HostPages pages) {
    HvaRange range = content.whole();
    PageSpan touched = PageSpan.of(range);
    if (touched.isEmpty()) {
      return;
    }
    PageSpan whole = wholePages(range, touched);
    for (long edge : new long[] {touched.first(), touched.end() - 1}) {
      if (!whole.contains(edge)) {
        fillEdge(edge, content, pages.at(edge));
      }
    }
    if (!whole.isEmpty()) {
      ranges.put(whole.first(), whole.pages(), content);
      for (Run<HostPage> run : pages.in(whole)) {
        forget(run.clip(whole.first(), whole.end()));
      }
    }
  }

  /** Nobody fills or loads anything there any more. */
  void unmap(PageSpan span) {
    ranges.remove(span.first(), span.pages());
  }

  /** What the frames of these pages held is out of date; pages that others share keep theirs. */
  void forget(Run<HostPage> run) {
    Pfn pfn = run.value().pfn();
    if (pfn != null && !frames.isEmpty() && !run.value().isShared()) {
      PageSpan span = run.value().framesOf(pfn, run.pages());
      frames.subMap(span.first(), span.end()).clear();
    }
  }

  private static PageSpan wholePages(HvaRange range, PageSpan touched) {
    long from = touched.first() + (range.start().pageOffset() == 0 ? 0 : 1);
    boolean endsOnPage = range.last().pageOffset() == PageSize.BASE_BYTES - 1;
    long to = touched.end() - (endsOnPage ? 0 : 1);
    return new PageSpan(from, Math.max(0, to - from));
  }

  private void fillEdge(long page, RangeContent content, @Nullable HostPage there) {
    if (ranges.at(page) == null) {
      ranges.put(page, 1, content);
    }
    Pfn pfn = there == null ? null : there.pfn();
    PageContent words = pfn == null ? null : frames.get(pfn.value());
    if (words != null && there != null && !there.isShared()) {
      HvaRange range = content.whole();
      long base = page << PageSize.BASE_SHIFT;
      boolean fromStart = range.contains(new Hva(base));
      boolean toEnd = range.contains(new Hva(base + PageSize.BASE_BYTES - 1));
      words.forget(
          fromStart ? 0 : range.start().pageOffset(),
          toEnd ? (int) PageSize.BASE_BYTES : range.last().pageOffset() + 1);
    }
  }
}
