package org.pagetrail.kvm.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.HugeAdvice;
import org.pagetrail.events.HostEvent.PageCopied;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.PageMapped;
import org.pagetrail.events.HostEvent.PagesMapped;
import org.pagetrail.events.HostEvent.PagesShared;
import org.pagetrail.events.HostEvent.RangeInvalidated;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.kvm.model.mm.HostRule;
import org.pagetrail.kvm.run.Run;

/** Base pages of private memory that become a huge page, and huge pages that are split. */
public final class HugePages {
  private final HostLog log;

  /** Changes that are taken down in {@code log}. */
  public HugePages(HostLog log) {
    this.log = log;
  }

  /** khugepaged collapses what it can of a range. */
  public void collapse(HvaRange range) {
    for (long start : collapsible(log.host(), range)) {
      collapse(start);
    }
  }

  private void collapse(long start) {
    HvaRange window = Pages.range(start, Window.PAGES);
    log.emit(new RangeInvalidated(window), HostRule.COLLAPSED.cite());
    List<Run<HostPages>> before = log.host().pages().in(start, Window.PAGES);
    Pfn head = log.host().frames().take(start, Window.PAGES);
    log.emit(
        new PageMapped(Pages.hva(start), ByteSize.BLOCK, head, PageKind.ANONYMOUS_HUGE, true),
        HostRule.COLLAPSED.cite());
    for (Run<HostPages> run : before) {
      Pfn from = run.value().frame();
      if (from != null && run.value().kind() != PageKind.ZERO_PAGE) {
        log.emit(
            new PageCopied(
                from,
                head.plus(run.first() - start),
                new ByteSize(run.count() << PageSize.BASE_SHIFT)),
            HostRule.COLLAPSED.cite());
      }
    }
  }

  /** The huge pages of a range are split. */
  public void split(HvaRange range) {
    for (long start : huge(log.host(), range)) {
      HostPages page = Objects.requireNonNull(log.host().pages().at(start));
      HvaRange window = Pages.range(start, Window.PAGES);
      log.emit(new RangeInvalidated(window), HostRule.HUGE_SPLIT.cite());
      log.emit(
          new PagesMapped(window, PageKind.ANONYMOUS, page.frame(), true, page.writable()),
          HostRule.HUGE_SPLIT.cite());
      if (page.shared()) {
        log.emit(new PagesShared(window, true), HostRule.HUGE_SPLIT.cite());
      }
    }
  }

  /** The first pages of the windows of a range that khugepaged could collapse. */
  public static List<Long> collapsible(HostState host, HvaRange range) {
    List<Long> starts = new ArrayList<>();
    for (long start : windows(range)) {
      if (isWanted(host, start) && isCollapsible(host.pages().in(start, Window.PAGES))) {
        starts.add(start);
      }
    }
    return starts;
  }

  /** The first pages of the windows of a range that a huge page of private memory fills. */
  public static List<Long> huge(HostState host, HvaRange range) {
    List<Long> starts = new ArrayList<>();
    for (long start : windows(range)) {
      HostPages page = host.pages().at(start);
      if (page != null && page.huge() && page.kind() == PageKind.ANONYMOUS_HUGE) {
        starts.add(start);
      }
    }
    return starts;
  }

  /** The first pages of the windows that lie in a range. */
  private static List<Long> windows(HvaRange range) {
    long end = Pages.of(range.start()) + Pages.in(range);
    List<Long> starts = new ArrayList<>();
    for (long start = Window.start(Pages.of(range.start()) + Window.PAGES - 1);
        start + Window.PAGES <= end;
        start += Window.PAGES) {
      starts.add(start);
    }
    return starts;
  }

  private static boolean isWanted(HostState host, long start) {
    Run<Mapping> run = host.mappingRun(start);
    return run != null
        && asksForHuge(host, run)
        && run.value().isPrivate()
        && !run.value().hasPageCache()
        && !run.value().isHugetlb()
        && run.first() <= start
        && start + Window.PAGES <= run.end();
  }

  /** One of the pages may be written, none is another process's, merged, or huge already. */
  private static boolean isCollapsible(List<Run<HostPages>> pages) {
    boolean writable = false;
    for (Run<HostPages> run : pages) {
      HostPages page = run.value();
      boolean movable =
          switch (page.kind()) {
            case ANONYMOUS, ANONYMOUS_HUGE -> !page.shared() && !page.huge();
            case ZERO_PAGE -> true;
            default -> false;
          };
      if (!movable) {
        return false;
      }
      writable |= page.writable();
    }
    return writable;
  }

  /** Whether mode and advice want huge pages in a mapping. */
  static boolean asksForHuge(HostState host, @Nullable Run<Mapping> run) {
    return run != null
        && switch (host.settings().thp()) {
          case ALWAYS -> run.value().advice() != HugeAdvice.NO_HUGE;
          case MADVISE -> run.value().advice() == HugeAdvice.HUGE;
          case NEVER -> false;
        };
  }
}
