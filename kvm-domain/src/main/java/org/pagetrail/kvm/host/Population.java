package org.pagetrail.kvm.host;

import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.PageMapped;
import org.pagetrail.events.HostEvent.PagesMapped;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.trail.Input;
import org.pagetrail.kvm.model.mm.HostRule;
import org.pagetrail.kvm.run.Run;

/**
 * Touches every page of a range in ascending order. Where the outcome is the same for many pages,
 * they become one run.
 */
final class Population {
  private final HostLog log;
  private final PageFaults faults;
  private final AnonymousMemory anonymous;

  Population(HostLog log, PageFaults faults) {
    this.log = log;
    this.faults = faults;
    this.anonymous = new AnonymousMemory(log);
  }

  /** Touches the pages of a range until one of them cannot be had. */
  Touch touch(HvaRange range, boolean write) {
    long at = Pages.of(range.start());
    long end = at + Pages.in(range);
    while (at < end) {
      HostState host = log.host();
      Run<HostPages> present = host.pages().runAt(at);
      if (present != null && (present.value().writable() || !write) && isPermitted(at, write)) {
        at = Math.min(present.end(), mappingEnd(at));
        continue;
      }
      long before = at;
      if (present == null && write && isPermitted(at, true)) {
        at = mapNew(at, Math.min(end, gapEnd(at)));
      }
      if (at == before) {
        Touch touch = faults.touch(Pages.hva(at), write);
        if (touch != Touch.DONE) {
          return touch;
        }
        at++;
      }
    }
    return Touch.DONE;
  }

  /** Maps new pages at absent ones as far as one run goes; gives the page behind it. */
  private long mapNew(long at, long end) {
    Mapping mapping = log.host().mappingAt(Pages.hva(at));
    if (mapping == null) {
      return at;
    }
    return switch (mapping.backing()) {
      case PRIVATE_ANONYMOUS, UNKNOWN -> mapNewAnonymous(at, end);
      case SHARED_ANONYMOUS -> mapNewShared(at, end);
      case HUGETLB_PRIVATE ->
          mapNewHuge(at, Window.start(end), PageKind.HUGETLB, HostRule.HUGETLB_PAGE);
      case MEMFD_SHARED, MEMFD_PRIVATE, FILE_PRIVATE, FILE_SHARED, HUGETLB_SHARED, PFNMAP -> at;
    };
  }

  private long mapNewAnonymous(long at, long end) {
    HostState host = log.host();
    if (!anonymous.isHugeAllowed(at)) {
      long stop = anonymous.asksForHuge(at) ? Math.min(end, host.basePagesEnd(at)) : end;
      return mapRun(at, stop, PageKind.ANONYMOUS, HostRule.NEW_PAGE_ON_WRITE);
    }
    long start = Window.start(at);
    long stop = Math.min(Window.start(mappingEnd(at)), host.nextTable(start));
    long wanted = Window.start(end + Window.PAGES - 1);
    return mapNewHuge(
        start, Math.min(wanted, stop), PageKind.ANONYMOUS_HUGE, HostRule.NEW_HUGE_PAGE_ON_WRITE);
  }

  private long mapNewShared(long at, long end) {
    HostState host = log.host();
    Run<HostPages> cached = host.pageCache().runAt(at);
    if (cached != null) {
      return at;
    }
    Run<HostPages> next = host.pageCache().nextFrom(at);
    return mapRun(
        at,
        next == null ? end : Math.min(end, next.first()),
        PageKind.PAGE_CACHE,
        HostRule.FILE_PAGE_ON_WRITE);
  }

  private long mapRun(long at, long end, PageKind kind, HostRule rule) {
    log.emit(
        new PagesMapped(
            Pages.range(at, end - at), kind, log.host().frames().take(at, 1), true, true),
        rule.cite(Input.of("pages", end - at)));
    return end;
  }

  private long mapNewHuge(long at, long end, PageKind kind, HostRule rule) {
    long windows = (end - at) / Window.PAGES;
    if (at % Window.PAGES != 0 || windows == 0) {
      return at;
    }
    long pages = windows * Window.PAGES;
    log.emit(
        new PageMapped(
            Pages.hva(at),
            new ByteSize(pages << PageSize.BASE_SHIFT),
            log.host().frames().take(at, Window.PAGES),
            kind,
            true),
        rule.cite(Input.of("huge pages", windows)));
    return at + pages;
  }

  private boolean isPermitted(long page, boolean write) {
    Mapping mapping = log.host().mappingAt(Pages.hva(page));
    return mapping != null && (write ? mapping.perms().write() : mapping.perms().read());
  }

  private long mappingEnd(long page) {
    Run<Mapping> run = log.host().mappingRun(page);
    return run == null ? page + 1 : run.end();
  }

  /** The page behind the absent ones that follow {@code page} in its mapping. */
  private long gapEnd(long page) {
    Run<HostPages> next = log.host().pages().nextFrom(page);
    long end = Math.min(mappingEnd(page), log.host().frames().nextAnnounced(page));
    return next == null ? end : Math.min(end, next.first());
  }
}
