package org.pagetrail.kvm.host;

import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.PagesMapped;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Input;
import org.pagetrail.kvm.model.mm.HostRule;
import org.pagetrail.kvm.run.Run;

/** Pages of files and of shared memory. */
final class FileMemory {
  private final HostLog log;
  private final AnonymousMemory anonymous;

  FileMemory(HostLog log, AnonymousMemory anonymous) {
    this.log = log;
    this.anonymous = anonymous;
  }

  /** Whether the file ends before the page. */
  boolean isBeyondEnd(long page, Mapping mapping) {
    long bytes = mapping.details().fileBytes();
    return bytes >= 0
        && page - mapping.origin() >= (bytes + PageSize.BASE_BYTES - 1) >>> PageSize.BASE_SHIFT;
  }

  /** A read of an absent page maps it and what the page cache has around it. */
  void read(long page, Mapping mapping) {
    long around = log.host().settings().faultAroundPages();
    long first = page & -around;
    long end = first + around;
    Run<Mapping> run = log.host().mappingRun(page);
    if (run != null) {
      first = Math.max(first, run.first());
      end = Math.min(end, run.end());
    }
    long at = first;
    while (at < end) {
      long next = at + 1;
      if (isMapped(at, page, mapping)) {
        while (next < end && isMapped(next, page, mapping) && continues(at, next)) {
          next++;
        }
        map(at, next - at, writableOnRead(mapping), HostRule.FILE_PAGE_ON_READ);
      }
      at = next;
    }
  }

  /** Whether a read of {@code page} maps the absent page {@code at} too. */
  private boolean isMapped(long at, long page, Mapping mapping) {
    return log.host().pages().at(at) == null
        && !isBeyondEnd(at, mapping)
        && (at == page || isCached(at, mapping));
  }

  /** A write to an absent page of a shared mapping. */
  void writeShared(long page) {
    map(page, 1, true, HostRule.FILE_PAGE_ON_WRITE);
  }

  /** A write to an absent page of a private mapping. */
  void copyPrivate(long page) {
    HostPages cached = log.host().pageCache().at(page);
    anonymous.mapCopy(page, cached == null ? null : cached.frame(), HostRule.FILE_COPY_ON_WRITE);
  }

  /** A write to a present page of a shared mapping whose entry is read-only. */
  void makeWritable(long page, HostPages present) {
    log.emit(
        new PagesMapped(Pages.range(page, 1), present.kind(), present.frame(), true, true),
        HostRule.FILE_PAGE_ON_WRITE.cite(Input.of("page", present.kind())));
  }

  private void map(long page, long count, boolean writable, HostRule rule) {
    HostPages cached = log.host().pageCache().at(page);
    Pfn known = cached == null ? null : cached.frame();
    Pfn frame = known != null ? known : log.host().frames().take(page, 1);
    log.emit(
        new PagesMapped(Pages.range(page, count), PageKind.PAGE_CACHE, frame, true, writable),
        rule.cite(Input.of("pages", count)));
  }

  /** Whether two pages of the cache have frames at the same distance, or none of them one yet. */
  private boolean continues(long first, long next) {
    HostState host = log.host();
    HostPages before = host.pageCache().at(first);
    HostPages after = host.pageCache().at(next);
    if (before == null || after == null) {
      return before == null
          && after == null
          && !host.frames().announces(first)
          && !host.frames().announces(next);
    }
    return before.after(next - first).equals(after);
  }

  /** Whether the page cache has the page: a file with content has all, a hole what was touched. */
  private boolean isCached(long page, Mapping mapping) {
    boolean hasContent = mapping.details().fileBytes() >= 0 && !mapping.details().sparse();
    return hasContent || log.host().pageCache().at(page) != null;
  }

  /** Shared memory needs no notice of a first write; a file system does. */
  private static boolean writableOnRead(Mapping mapping) {
    boolean sharedMemory =
        mapping.backing() == Backing.SHARED_ANONYMOUS || mapping.backing() == Backing.MEMFD_SHARED;
    return sharedMemory && mapping.perms().write();
  }
}
