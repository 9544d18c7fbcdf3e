package org.pagetrail.kvm.host;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.kvm.run.Run;
import org.pagetrail.kvm.run.RunMap;
import org.pagetrail.kvm.run.RunStores;

/**
 * Where frames of new pages come from: those that a recording announced, else numbers above all
 * memory of today's machines, in order, so that the same run always gets the same frames.
 *
 * @param next the next number that nobody uses
 * @param hugeZero the first frame of the huge zero page, null until somebody needs one
 * @param expected frames announced, by the number of the page at whose address they will appear
 */
record FrameSupply(long next, @Nullable Pfn hugeZero, RunMap<Announced> expected) {

  /** 16 TiB. */
  private static final long FIRST = 1L << 32;

  static final FrameSupply INITIAL = new FrameSupply(FIRST, null, RunMap.empty());

  FrameSupply settledIn(RunStores stores) {
    return new FrameSupply(next, hugeZero, expected.settledIn(stores.store(Announced.WORDS)));
  }

  FrameSupply settled() {
    return new FrameSupply(next, hugeZero, expected.settled());
  }

  FrameSupply forked() {
    return new FrameSupply(next, hugeZero, expected.forked());
  }

  /** The first frame for new pages from {@code page} on, aligned to a power of two of pages. */
  Pfn take(long page, long alignment) {
    Announced announced = expected.at(page);
    return announced != null ? announced.frame() : new Pfn((next + alignment - 1) & -alignment);
  }

  /** True if a recording announced the next frame at this page. */
  boolean announces(long page) {
    return expected.at(page) != null;
  }

  /** The first page behind {@code page} whose next frame a recording announced. */
  long nextAnnounced(long page) {
    if (announces(page + 1)) {
      return page + 1;
    }
    Run<Announced> next = expected.nextFrom(page + 1);
    return next == null ? Long.MAX_VALUE : next.first();
  }

  FrameSupply expecting(long page, Pfn pfn) {
    return new FrameSupply(next, hugeZero, expected.with(page, 1, new Announced(pfn)));
  }

  /** The supply after pages were mapped: their frames are taken, the announcement is met. */
  FrameSupply used(long page, long count, HostPages mapped) {
    Pfn frame = mapped.frame();
    if (frame == null) {
      return this;
    }
    long end = frame.value() + (mapped.consecutive() ? count : 1);
    Pfn zero = mapped.kind() == PageKind.HUGE_ZERO_PAGE && mapped.huge() ? frame : hugeZero;
    Announced announced = expected.at(page);
    boolean met = announced != null && frame.equals(announced.frame());
    return new FrameSupply(
        frame.value() >= FIRST ? Math.max(next, end) : next,
        zero,
        met ? expected.without(page, 1) : expected);
  }
}
