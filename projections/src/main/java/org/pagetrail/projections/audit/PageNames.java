package org.pagetrail.projections.audit;

import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.machine.MachineProjection;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.ranges.PageSpan;

/**
 * Finds the host pages and frames that a guest page had over a whole trail. Of the machine it needs
 * the memslots alone.
 */
final class PageNames {
  /** More names than this are not followed. */
  private static final int NAMES_MAX = 256;

  private final Gfn gfn;
  private final SortedSet<Long> hosts = new TreeSet<>();
  private final SortedSet<Pfn> frames = new TreeSet<>();

  private PageNames(Gfn gfn) {
    this.gfn = gfn;
  }

  static Page find(Iterable<TrailEntry> entries, Gfn gfn) {
    PageNames names = new PageNames(gfn);
    MachineProjection machine = new MachineProjection();
    MachineState state = machine.initial();
    for (TrailEntry entry : entries) {
      switch (entry.event()) {
        case MemslotSet set -> {
          state = machine.apply(state, entry);
          names.addHost(state.hvaOf(gfn.gpa()));
        }
        case MemslotRequested request -> {
          state = machine.apply(state, entry);
          names.addHost(state.hvaOf(gfn.gpa()));
        }
        case PfnResolved resolved when resolved.gfn().equals(gfn) -> names.addFrame(resolved.pfn());
        case Stage2Mapped mapped when mapped.ret() == 0 && names.covers(mapped) ->
            names.addFrame(mapped.pfn().plus(gfn.value() - mapped.gpa().gfn().value()));
        default -> {}
      }
    }
    return new Page(gfn, names.hosts, names.frames);
  }

  private boolean covers(Stage2Mapped event) {
    PageSpan span = PageSpan.clamped(event.gpa().gfn().value(), Math.max(1, event.size().pages()));
    return span.contains(gfn.value()) && event.pfn().value() + span.pages() <= PageSpan.NUMBERS;
  }

  private void addHost(@Nullable Hva hva) {
    if (hva != null && hosts.size() < NAMES_MAX) {
      hosts.add(PageSpan.pageOf(hva.value()));
    }
  }

  private void addFrame(@Nullable Pfn pfn) {
    if (pfn != null && frames.size() < NAMES_MAX) {
      frames.add(pfn);
    }
  }
}
