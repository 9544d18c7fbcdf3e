package org.pagetrail.kvm.host;

import java.util.List;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.HostCalled;
import org.pagetrail.events.HostEvent.HostMapped;
import org.pagetrail.events.HostEvent.HostUnmapped;
import org.pagetrail.events.HostEvent.HugeAdvice;
import org.pagetrail.events.HostEvent.MappingDetailed;
import org.pagetrail.events.HostEvent.PagesDropped;
import org.pagetrail.events.HostEvent.PagesShared;
import org.pagetrail.events.HostEvent.PagesWriteProtected;
import org.pagetrail.events.HostEvent.RangeInvalidated;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.trail.Input;
import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.mm.HostRule;
import org.pagetrail.kvm.model.mm.HugetlbDontneed;
import org.pagetrail.kvm.model.mm.HugetlbFork;
import org.pagetrail.kvm.model.mm.HugetlbZap;
import org.pagetrail.kvm.model.mm.PopulateAdvice;
import org.pagetrail.kvm.run.Run;

/** System calls of the monitor on its own memory. */
public final class HostCalls {
  private static final int EFAULT = 14;
  private static final int ENOMEM = 12;
  private static final int EACCES = 13;
  private static final int EINVAL = 22;
  private static final int EHWPOISON = 133;
  private static final long GIGA_PAGES = 1L << 18;

  private final HostLog log;
  private final Population population;

  /** Calls that are taken down in {@code log}. */
  public HostCalls(HostLog log) {
    this.log = log;
    this.population = new Population(log, new PageFaults(log));
  }

  /** mmap over whatever was there. */
  public void map(
      HvaRange range,
      Backing backing,
      Perms perms,
      HugeAdvice advice,
      String name,
      Mapping.Details details) {
    if (!log.host().mappingsIn(range).isEmpty()) {
      unmap(range);
    }
    log.emit(new HostMapped(range, backing, perms, advice, name), HostRule.MAPPING_MADE.cite());
    if (!details.equals(Mapping.Details.NONE)) {
      log.emit(
          new MappingDetailed(
              range,
              details.fileBytes(),
              details.sparse(),
              details.readOnlyFile(),
              details.cacheable(),
              details.anyUncached(),
              details.frames(),
              details.firstFrame()),
          HostRule.MAPPING_MADE.cite());
    }
    Mapping made = log.host().mappingAt(range.start());
    if (backing == Backing.PFNMAP && made != null) {
      new PageFrames(log)
          .map(Pages.of(range.start()), Pages.in(range), made, HostRule.FRAMES_MAPPED);
    }
  }

  /** munmap. */
  public void unmap(HvaRange range) {
    for (Run<Mapping> run : log.host().mappingsIn(range)) {
      HvaRange part = Pages.range(run.first(), run.count());
      log.emit(new RangeInvalidated(part), HostRule.MAPPING_REMOVED.cite());
      announceAgain(run, part);
      log.emit(new HostUnmapped(part), HostRule.MAPPING_REMOVED.cite());
    }
  }

  /** madvise with MADV_DONTNEED. */
  public void dontNeed(HvaRange range) {
    HugetlbDontneed ofPool = log.model().rule(HugetlbDontneed.class);
    for (Run<Mapping> run : log.host().mappingsIn(range)) {
      if (run.value().backing() == Backing.PFNMAP) {
        report("madvise(MADV_DONTNEED)", range, -EINVAL, HostRule.DONTNEED);
        return;
      }
      if (run.value().isHugetlb() && ofPool == HugetlbDontneed.REFUSED) {
        report("madvise(MADV_DONTNEED)", range, -EINVAL, ofPool);
        return;
      }
      HvaRange part = Pages.range(run.first(), run.count());
      log.emit(new RangeInvalidated(part), HostRule.DONTNEED.cite());
      announceAgain(run, part);
      if (log.host().pages().anyIn(run.first(), run.count())) {
        log.emit(new PagesDropped(part), HostRule.DONTNEED.cite());
      }
    }
    report("madvise(MADV_DONTNEED)", range, mapped(range), HostRule.DONTNEED);
  }

  /** Pages from the pool were announced once more below the call. */
  private void announceAgain(Run<Mapping> run, HvaRange part) {
    HugetlbZap rule = log.model().rule(HugetlbZap.class);
    if (run.value().isHugetlb() && rule == HugetlbZap.ANNOUNCED_TWICE) {
      log.emit(new RangeInvalidated(part), rule.cite());
    }
  }

  /** madvise with MADV_POPULATE_READ or MADV_POPULATE_WRITE. */
  public void populate(HvaRange range, boolean write) {
    PopulateAdvice rule = log.model().rule(PopulateAdvice.class);
    int ret = rule == PopulateAdvice.TOUCHES ? touched(range, write) : -EINVAL;
    report(
        write ? "madvise(MADV_POPULATE_WRITE)" : "madvise(MADV_POPULATE_READ)", range, ret, rule);
  }

  private int touched(HvaRange range, boolean write) {
    return switch (population.touch(range, write)) {
      case DONE -> 0;
      case NOT_PERMITTED -> mapped(range) == 0 ? -EINVAL : -ENOMEM;
      case BEYOND_END -> -EFAULT;
      case POISONED -> -EHWPOISON;
    };
  }

  /** madvise with MADV_HUGEPAGE or MADV_NOHUGEPAGE. */
  public void advise(HvaRange range, HugeAdvice advice) {
    for (Run<Mapping> run : log.host().mappingsIn(range)) {
      Mapping mapping = run.value();
      log.emit(
          new HostMapped(
              Pages.range(run.first(), run.count()),
              mapping.backing(),
              mapping.perms(),
              advice,
              mapping.name()),
          HostRule.ADVISED.cite());
    }
    report(
        advice == HugeAdvice.HUGE ? "madvise(MADV_HUGEPAGE)" : "madvise(MADV_NOHUGEPAGE)",
        range,
        mapped(range),
        HostRule.ADVISED);
  }

  /** mprotect. */
  public void protect(HvaRange range, Perms perms) {
    List<Run<Mapping>> runs = log.host().mappingsIn(range);
    for (Run<Mapping> run : runs) {
      Mapping mapping = run.value();
      boolean refused = perms.write() && !mapping.isPrivate() && mapping.details().readOnlyFile();
      if (refused) {
        report("mprotect", range, -EACCES, HostRule.PROTECTED);
        return;
      }
      if (mapping.perms().equals(perms)) {
        continue;
      }
      HvaRange part = Pages.range(run.first(), run.count());
      announceProtection(run);
      log.emit(
          new HostMapped(part, mapping.backing(), perms, mapping.advice(), mapping.name()),
          HostRule.PROTECTED.cite(Input.of("perms", perms)));
      if (!perms.write() && log.host().pages().anyIn(run.first(), run.count())) {
        log.emit(new PagesWriteProtected(part), HostRule.PROTECTED.cite());
      }
    }
    report("mprotect", range, mapped(range), HostRule.PROTECTED);
  }

  /** Notifies from the first populated window of each GiB on; hugetlb notifies at once. */
  private void announceProtection(Run<Mapping> run) {
    if (run.value().isHugetlb()) {
      log.emit(
          new RangeInvalidated(Pages.range(run.first(), run.count())), HostRule.PROTECTED.cite());
      return;
    }
    long at = run.first();
    while (at < run.end()) {
      long end = Math.min(run.end(), (at & -GIGA_PAGES) + GIGA_PAGES);
      long populated = log.host().nextPopulated(at);
      if (populated < end) {
        log.emit(
            new RangeInvalidated(Pages.range(populated, end - populated)),
            HostRule.PROTECTED.cite());
      }
      at = end;
    }
  }

  /** msync with MS_SYNC: entries of dirty pages of shared files become read-only again. */
  public void sync(HvaRange range) {
    for (Run<Mapping> run : log.host().mappingsIn(range)) {
      if (run.value().backing() != Backing.FILE_SHARED) {
        continue;
      }
      for (Run<HostPages> pages : log.host().pages().in(run.first(), run.count())) {
        if (pages.value().writable()) {
          HvaRange part = Pages.range(pages.first(), pages.count());
          log.emit(new RangeInvalidated(part), HostRule.WRITTEN_BACK.cite());
          log.emit(new PagesWriteProtected(part), HostRule.WRITTEN_BACK.cite());
        }
      }
    }
    report("msync", range, mapped(range), HostRule.WRITTEN_BACK);
  }

  /** fork; the child keeps its memory, or exits at once. */
  public void fork(boolean childKept) {
    for (Run<Mapping> run : log.host().mappings()) {
      Mapping mapping = run.value();
      boolean populated = mapping.anonymousSince() != Mapping.NEVER;
      if (!mapping.isPrivate() || !(populated || isCopiedEmpty(mapping))) {
        continue;
      }
      HvaRange range = Pages.range(run.first(), run.count());
      log.emit(new RangeInvalidated(range), HostRule.FORKED.cite());
      log.emit(new PagesWriteProtected(range), HostRule.FORKED.cite());
      if (childKept) {
        log.emit(new PagesShared(range, true), HostRule.FORKED.cite());
      }
    }
  }

  private boolean isCopiedEmpty(Mapping mapping) {
    return mapping.isHugetlb() && log.model().rule(HugetlbFork.class) == HugetlbFork.ANNOUNCED;
  }

  /** 0 if every page of the range is mapped, the errno of madvise and mprotect otherwise. */
  private int mapped(HvaRange range) {
    long pages = 0;
    for (Run<Mapping> run : log.host().mappingsIn(range)) {
      pages += run.count();
    }
    return pages == Pages.in(range) ? 0 : -ENOMEM;
  }

  private void report(String call, HvaRange range, int ret, Rule rule) {
    HostEvent event = new HostCalled(call, range, ret);
    log.emit(event, rule.cite());
  }
}
