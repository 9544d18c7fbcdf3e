package org.pagetrail.kvm.host;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageCopied;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.PageMapped;
import org.pagetrail.events.HostEvent.RangeInvalidated;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Input;
import org.pagetrail.kvm.model.mm.HostRule;

/** Huge pages of 2 MiB from the pool. */
final class HugetlbMemory {
  private final HostLog log;

  HugetlbMemory(HostLog log) {
    this.log = log;
  }

  /** A touch of an absent page, or a write to one whose entry is read-only. */
  void touch(long page, Mapping mapping, @Nullable HostPages present, boolean write) {
    long start = Window.start(page);
    boolean writable = write || (!mapping.isPrivate() && mapping.perms().write());
    if (present == null) {
      HostPages cached = log.host().pageCache().at(start);
      Pfn known = cached == null ? null : cached.frame();
      Pfn frame = known != null ? known : log.host().frames().take(start, Window.PAGES);
      emit(start, frame, writable, HostRule.HUGETLB_PAGE);
      return;
    }
    HostPages head = Objects.requireNonNull(log.host().pages().at(start));
    if (!mapping.isPrivate() || !head.shared()) {
      Pfn frame = head.frame();
      emit(
          start,
          frame != null ? frame : log.host().frames().take(start, Window.PAGES),
          true,
          HostRule.REUSE_ON_WRITE);
      return;
    }
    log.emit(
        new RangeInvalidated(Pages.range(start, Window.PAGES)),
        HostRule.COPY_ON_WRITE.cite(Input.of("page", PageKind.HUGETLB)));
    Pfn copy = log.host().frames().take(start, Window.PAGES);
    emit(start, copy, true, HostRule.COPY_ON_WRITE);
    if (head.frame() != null) {
      log.emit(new PageCopied(head.frame(), copy, ByteSize.BLOCK), HostRule.COPY_ON_WRITE.cite());
    }
  }

  private void emit(long start, Pfn frame, boolean writable, HostRule rule) {
    log.emit(
        new PageMapped(Pages.hva(start), ByteSize.BLOCK, frame, PageKind.HUGETLB, writable),
        rule.cite(Input.of("page", PageKind.HUGETLB)));
  }
}
