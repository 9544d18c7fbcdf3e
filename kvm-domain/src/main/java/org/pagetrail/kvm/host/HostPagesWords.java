package org.pagetrail.kvm.host;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.kvm.run.RunWords;

/** Host pages as bits and a frame. */
final class HostPagesWords implements RunWords<HostPages> {
  private static final List<PageKind> KINDS = List.of(PageKind.values());
  private static final int KIND_AT = 6;
  private static final long THERE = 1;
  private static final long FRAME = 1 << 1;
  private static final long CONSECUTIVE = 1 << 2;
  private static final long WRITABLE = 1 << 3;
  private static final long SHARED = 1 << 4;
  private static final long HUGE = 1 << 5;

  @Override
  public long first(HostPages pages) {
    return THERE
        | (pages.frame() == null ? 0 : FRAME)
        | (pages.consecutive() ? CONSECUTIVE : 0)
        | (pages.writable() ? WRITABLE : 0)
        | (pages.shared() ? SHARED : 0)
        | (pages.huge() ? HUGE : 0)
        | ((long) KINDS.indexOf(pages.kind()) << KIND_AT);
  }

  @Override
  public long second(HostPages pages) {
    Pfn frame = pages.frame();
    return frame == null ? 0 : frame.value();
  }

  @Override
  public HostPages of(long first, long second) {
    @Nullable Pfn frame = (first & FRAME) == 0 ? null : new Pfn(second);
    return new HostPages(
        KINDS.get((int) (first >>> KIND_AT)),
        frame,
        (first & CONSECUTIVE) != 0,
        (first & WRITABLE) != 0,
        (first & SHARED) != 0,
        (first & HUGE) != 0);
  }
}
