package org.pagetrail.projections.audit;

import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.machine.MachineProjection;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.PageStores;
import org.pagetrail.projections.ranges.PageSpan;

/**
 * Finds the host pages and frames that a guest page had over a whole trail, which is the first of
 * two passes that tell its history. Of the machine it needs the memslots alone.
 */
public final class PageNames {
  /** More names than this are not followed. */
  private static final int NAMES_MAX = 256;

  private final MachineProjection machine = new MachineProjection();
  private final MachineState state = machine.initial();
  private final Gfn gfn;
  private final SortedSet<Long> hosts = new TreeSet<>();
  private final SortedSet<Pfn> frames = new TreeSet<>();

  /** For the page that holds an address. */
  public PageNames(Gpa gpa) {
    this.gfn = gpa.gfn();
  }

  /** Takes the next entry. */
  public void see(TrailEntry entry) {
    switch (entry.event()) {
      case MemslotSet _, MemslotRequested _ -> {
        machine.apply(state, entry);
        addHost(state.hvaOf(gfn.gpa()));
      }
      case PfnResolved resolved when resolved.gfn().equals(gfn) -> addFrame(resolved.pfn());
      case Stage2Mapped mapped when mapped.ret() == 0 && covers(mapped) ->
          addFrame(mapped.pfn().plus(gfn.value() - mapped.gpa().gfn().value()));
      default -> {}
    }
  }

  /**
   * The history, which is told in a second pass over the same entries.
   *
   * @param stage2Recorded whether any event of the whole trail is one of stage 2; where none is, it
   *     is not said that stage 2 maps nothing
   * @param stores where the state of the machine is kept
   */
  public PageTelling telling(boolean stage2Recorded, PageStores stores) {
    return new PageTelling(new History(new Page(gfn, hosts, frames), stage2Recorded, stores));
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
