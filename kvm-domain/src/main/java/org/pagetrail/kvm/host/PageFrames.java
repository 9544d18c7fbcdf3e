package org.pagetrail.kvm.host;

import org.pagetrail.events.HostEvent.PagesMapped;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Input;
import org.pagetrail.kvm.model.mm.HostRule;

/** Mappings of page frames: /dev/mem, BARs of assigned devices. */
final class PageFrames {
  private final HostLog log;

  PageFrames(HostLog log) {
    this.log = log;
  }

  /** Fills the page table of {@code count} pages from {@code page} on. */
  void map(long page, long count, Mapping mapping, HostRule rule) {
    Pfn first = mapping.details().firstFrame();
    Pfn frame =
        first == null ? log.host().frames().take(page, 1) : first.plus(page - mapping.origin());
    log.emit(
        new PagesMapped(
            Pages.range(page, count),
            mapping.details().frames(),
            frame,
            true,
            mapping.perms().write()),
        rule.cite(Input.of("frames", mapping.details().frames()), Input.of("pages", count)));
  }
}
