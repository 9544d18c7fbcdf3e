package org.pagetrail.projections.machine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.projections.ranges.PageRuns;
import org.pagetrail.projections.ranges.PageSpan;
import org.pagetrail.projections.ranges.Run;
import org.pagetrail.projections.ranges.RunStore;

/** What the host's frames are. A zero page stays one; other frames are freed and used again. */
final class FrameKinds {
  /** Of a run of zero pages no more are believed; architectures with coloured ones have 16. */
  private static final int ZERO_PAGES_MAX = 64;

  private final PageRuns<FrameKind> kinds;
  private final NavigableSet<Pfn> zeroPages;
  private final List<Pfn> zeroPagesLast = new ArrayList<>();

  FrameKinds(RunStore<FrameKind> store) {
    this(new PageRuns<>(store), new TreeSet<>());
  }

  private FrameKinds(PageRuns<FrameKind> kinds, NavigableSet<Pfn> zeroPages) {
    this.kinds = kinds;
    this.zeroPages = zeroPages;
  }

  FrameKinds fork() {
    return new FrameKinds(kinds.fork(), new TreeSet<>(zeroPages));
  }

  /** Takes the zero pages of a store that holds kinds already. */
  void restore(Collection<Pfn> known) {
    zeroPages.addAll(known);
  }

  @Nullable FrameKind at(Pfn pfn) {
    return kinds.at(pfn.value());
  }

  /** How many frames from {@code pfn} on, at most {@code pages}, are of the kind that it is of. */
  long alike(Pfn pfn, long pages) {
    Run<FrameKind> known = kinds.runAt(pfn.value());
    long end = PageSpan.clamped(pfn.value(), pages).end();
    long upTo = known == null ? kinds.nextRun(pfn.value(), end) : Math.min(known.end(), end);
    return upTo - pfn.value();
  }

  PageKind kindOf(Pfn pfn) {
    FrameKind known = at(pfn);
    return known == null ? PageKind.UNKNOWN : known.kind();
  }

  Collection<Pfn> zeroPages() {
    return Collections.unmodifiableCollection(zeroPages);
  }

  /** The frames that the last entry of the trail showed to be zero pages, and none before. */
  List<Pfn> zeroPagesLast() {
    return Collections.unmodifiableList(zeroPagesLast);
  }

  void beginEntry() {
    zeroPagesLast.clear();
  }

  void learn(PageSpan frames, PageKind kind, Origin origin) {
    switch (kind) {
      case UNKNOWN, ABSENT -> {}
      case ZERO_PAGE -> learnZeroPages(frames, new FrameKind(kind, origin));
      default -> learnOrdinary(frames, new FrameKind(kind, origin));
    }
  }

  private void learnZeroPages(PageSpan frames, FrameKind kind) {
    long believed = Math.min(frames.end(), frames.first() + ZERO_PAGES_MAX);
    for (long pfn = frames.first(); pfn < believed; pfn++) {
      if (zeroPages.add(new Pfn(pfn))) {
        zeroPagesLast.add(new Pfn(pfn));
        kinds.put(pfn, 1, kind);
      }
    }
  }

  private void learnOrdinary(PageSpan frames, FrameKind kind) {
    List<Run<FrameKind>> before = kinds.put(frames.first(), frames.pages(), kind);
    for (Run<FrameKind> run : before) {
      if (run.value().kind() == PageKind.ZERO_PAGE) {
        kinds.put(run.first(), run.pages(), run.value());
      }
    }
  }
}
