package org.pagetrail.kvm.host;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.EntryChanged;
import org.pagetrail.events.HostEvent.PageCopied;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.PageMapped;
import org.pagetrail.events.HostEvent.PagesMapped;
import org.pagetrail.events.HostEvent.PagesShared;
import org.pagetrail.events.HostEvent.RangeInvalidated;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Input;
import org.pagetrail.kvm.model.mm.ChangePte;
import org.pagetrail.kvm.model.mm.HostRule;
import org.pagetrail.kvm.model.mm.HugeCopy;
import org.pagetrail.kvm.model.mm.HugeZeroWrite;
import org.pagetrail.kvm.run.Run;

/** Private anonymous pages: the zero pages, new pages, and copy-on-write. */
final class AnonymousMemory {
  private final HostLog log;

  AnonymousMemory(HostLog log) {
    this.log = log;
  }

  /** A read of an absent page. */
  void read(long page) {
    HostState host = log.host();
    if (host.settings().zeroPageForbidden()) {
      readWithoutZeroPage(page);
      return;
    }
    if (isHugeAllowed(page) && host.settings().hugeZeroPage()) {
      long start = Window.start(page);
      Pfn known = host.frames().hugeZero();
      Pfn frame = known != null ? known : host.frames().take(start, Window.PAGES);
      log.emit(
          new PageMapped(Pages.hva(start), ByteSize.BLOCK, frame, PageKind.HUGE_ZERO_PAGE, false),
          HostRule.HUGE_ZERO_PAGE_ON_READ.cite(hugeInputs(page)));
      return;
    }
    HostRule rule =
        host.settings().zeroPages() == 1 ? HostRule.ZERO_PAGE_ON_READ : HostRule.ZERO_PAGE_COLOURS;
    log.emit(
        new PageMapped(
            Pages.hva(page),
            ByteSize.PAGE,
            host.settings().zeroPageAt(page),
            PageKind.ZERO_PAGE,
            false),
        rule.cite(hugeInputs(page)));
  }

  /** A read that may not map a zero page gets what a write would get. */
  private void readWithoutZeroPage(long page) {
    boolean huge = isHugeAllowed(page);
    long start = huge ? Window.start(page) : page;
    Mapping mapping = log.host().mappingAt(Pages.hva(page));
    log.emit(
        new PageMapped(
            Pages.hva(start),
            huge ? ByteSize.BLOCK : ByteSize.PAGE,
            log.host().frames().take(start, huge ? Window.PAGES : 1),
            huge ? PageKind.ANONYMOUS_HUGE : PageKind.ANONYMOUS,
            mapping != null && mapping.perms().write()),
        HostRule.ZERO_PAGE_FORBIDDEN.cite(hugeInputs(page)));
  }

  /** A write to an absent page. */
  void write(long page) {
    HostState host = log.host();
    if (isHugeAllowed(page)) {
      long start = Window.start(page);
      log.emit(
          new PageMapped(
              Pages.hva(start),
              ByteSize.BLOCK,
              host.frames().take(start, Window.PAGES),
              PageKind.ANONYMOUS_HUGE,
              true),
          HostRule.NEW_HUGE_PAGE_ON_WRITE.cite(hugeInputs(page)));
      return;
    }
    log.emit(
        newPage(page, host.frames().take(page, 1)),
        HostRule.NEW_PAGE_ON_WRITE.cite(hugeInputs(page)));
  }

  /** A write to a present page of a private mapping whose entry is read-only. */
  void breakCopyOnWrite(long page, HostPages present) {
    if (present.huge()) {
      breakHuge(page, present);
      return;
    }
    boolean own =
        switch (present.kind()) {
          case ANONYMOUS, ANONYMOUS_HUGE -> !present.shared();
          default -> false;
        };
    if (own) {
      log.emit(
          new PagesMapped(Pages.range(page, 1), present.kind(), present.frame(), true, true),
          HostRule.REUSE_ON_WRITE.cite(Input.of("page", present.kind())));
    } else {
      copy(page, present);
    }
  }

  private void breakHuge(long page, HostPages present) {
    long start = Window.start(page);
    HvaRange window = Pages.range(start, Window.PAGES);
    Pfn head = Objects.requireNonNull(log.host().pages().at(start)).frame();
    if (present.kind() == PageKind.HUGE_ZERO_PAGE) {
      HugeZeroWrite rule = log.model().rule(HugeZeroWrite.class);
      switch (rule) {
        case SPLITS -> {
          log.emit(new RangeInvalidated(window), rule.cite());
          mapZeroPages(start, Window.PAGES, rule.cite());
          copy(page, Objects.requireNonNull(log.host().pages().at(page)));
        }
        case ALLOCATES -> {
          log.emit(new RangeInvalidated(window), rule.cite());
          log.emit(newHugePage(start), rule.cite());
        }
      }
      return;
    }
    if (!present.shared()) {
      log.emit(
          new PageMapped(
              Pages.hva(start), ByteSize.BLOCK, Objects.requireNonNull(head), present.kind(), true),
          HostRule.REUSE_ON_WRITE.cite(Input.of("page", present.kind())));
      return;
    }
    HugeCopy rule = log.model().rule(HugeCopy.class);
    switch (rule) {
      case COPIES_HUGE -> {
        log.emit(new RangeInvalidated(window), rule.cite());
        PageMapped mapped = newHugePage(start);
        log.emit(mapped, rule.cite());
        copyContent(head, mapped.pfn(), ByteSize.BLOCK);
      }
      case SPLITS -> {
        log.emit(new RangeInvalidated(window), rule.cite());
        split(window, present.kind(), head);
        copy(page, Objects.requireNonNull(log.host().pages().at(page)));
      }
    }
  }

  /** Turns a shared huge entry into entries of base pages. */
  private void split(HvaRange window, PageKind kind, @Nullable Pfn head) {
    HugeCopy rule = HugeCopy.SPLITS;
    log.emit(new PagesMapped(window, kind, head, true, false), rule.cite());
    log.emit(new PagesShared(window, true), rule.cite());
  }

  /** Replaces the page by a copy of its own. */
  private void copy(long page, HostPages present) {
    Input kind = Input.of("page", present.kind());
    HvaRange range = Pages.range(page, 1);
    log.emit(new RangeInvalidated(range), HostRule.COPY_ON_WRITE.cite(kind));
    PageMapped mapped = newPage(page, log.host().frames().take(page, 1));
    log.emit(mapped, HostRule.COPY_ON_WRITE.cite(kind));
    if (present.kind() != PageKind.ZERO_PAGE) {
      copyContent(present.frame(), mapped.pfn(), ByteSize.PAGE);
    }
    ChangePte rule = log.model().rule(ChangePte.class);
    if (rule == ChangePte.NOTIFIED) {
      log.emit(new EntryChanged(range.start()), rule.cite(kind));
    }
  }

  /** Maps zero pages, each page that of its colour. */
  void mapZeroPages(long first, long count, Citation rule) {
    HostSettings settings = log.host().settings();
    int colours = settings.zeroPages();
    long end = first + count;
    for (long at = first; at < end; ) {
      long next = colours == 1 ? end : Math.min(end, (at & -colours) + colours);
      log.emit(
          new PagesMapped(
              Pages.range(at, next - at),
              PageKind.ZERO_PAGE,
              settings.zeroPageAt(at),
              colours > 1,
              false),
          rule);
      at = next;
    }
  }

  /** Maps a copy of a frame at an absent page. */
  void mapCopy(long page, @Nullable Pfn from, HostRule rule) {
    PageMapped mapped = newPage(page, log.host().frames().take(page, 1));
    log.emit(mapped, rule.cite());
    copyContent(from, mapped.pfn(), ByteSize.PAGE);
  }

  private void copyContent(@Nullable Pfn from, Pfn to, ByteSize size) {
    if (from != null) {
      log.emit(new PageCopied(from, to, size), HostRule.COPY_ON_WRITE.cite());
    }
  }

  private static PageMapped newPage(long page, Pfn frame) {
    return new PageMapped(Pages.hva(page), ByteSize.PAGE, frame, PageKind.ANONYMOUS, true);
  }

  private PageMapped newHugePage(long start) {
    return new PageMapped(
        Pages.hva(start),
        ByteSize.BLOCK,
        log.host().frames().take(start, Window.PAGES),
        PageKind.ANONYMOUS_HUGE,
        true);
  }

  /** Whether the first touch of the window around a page may map a huge page. */
  boolean isHugeAllowed(long page) {
    Run<Mapping> run = log.host().mappingRun(page);
    long start = Window.start(page);
    return run != null
        && asksForHuge(page)
        && !log.host().hasTable(page)
        && run.first() <= start
        && start + Window.PAGES <= run.end();
  }

  /** Whether mode and advice want huge pages at a page. */
  boolean asksForHuge(long page) {
    return HugePages.asksForHuge(log.host(), log.host().mappingRun(page));
  }

  private Input[] hugeInputs(long page) {
    HostState host = log.host();
    Run<Mapping> run = Objects.requireNonNull(host.mappingRun(page));
    long start = Window.start(page);
    return new Input[] {
      Input.of("thp", host.settings().thp().word()),
      Input.of("advice", run.value().advice()),
      Input.of("2MiB inside", run.first() <= start && start + Window.PAGES <= run.end()),
      Input.of("page table", host.hasTable(page))
    };
  }
}
