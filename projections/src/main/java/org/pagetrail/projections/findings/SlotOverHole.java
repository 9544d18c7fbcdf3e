package org.pagetrail.projections.findings;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.KvmEvent.LookupResult;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Memslot;
import org.pagetrail.projections.machine.Origin;
import org.pagetrail.projections.ranges.PageRuns;
import org.pagetrail.projections.ranges.PageSpan;
import org.pagetrail.projections.ranges.Run;
import org.pagetrail.projections.ranges.RunValue;

/**
 * A memslot lies over host addresses that nothing is mapped at: the guest's first access there ends
 * KVM_RUN with EFAULT. Told by an unmapping of the range, or by a lookup that failed where the
 * address space, as far as it is known, has nothing.
 */
final class SlotOverHole implements FindingFold {
  private final Ledger ledger;
  private final PageRuns<Hole> holes;

  /** Host pages that are known to be unmapped. */
  private record Hole(Origin origin) implements RunValue<Hole> {
    @Override
    public Hole from(long pages) {
      return this;
    }
  }

  SlotOverHole() {
    this(Ledger.byGuestFrame(FindingKind.SLOT_OVER_HOLE), new PageRuns<>());
  }

  private SlotOverHole(Ledger ledger, PageRuns<Hole> holes) {
    this.ledger = ledger;
    this.holes = holes;
  }

  @Override
  public FindingFold fork() {
    return new SlotOverHole(ledger.fork(), holes.fork());
  }

  @Override
  public List<Book> books() {
    return List.of(ledger.book());
  }

  @Override
  public void apply(TrailEntry entry, MachineState state, Clues clues) {
    Memslot gone = state.slotGoneLast();
    if (gone != null) {
      ledger.close(gone.frames(), entry.seq());
    }
    switch (entry.event()) {
      case HostEvent.HostUnmapped unmapped -> unmapped(unmapped.range(), entry, state);
      case HostEvent.HostMapped mapped -> mapped(mapped.range(), entry, state);
      case MemslotSet set -> judge(state.slots().byId(set.slot()), entry);
      case MemslotRequested request -> judge(state.slots().byId(request.slot()), entry);
      case PfnResolved resolved -> resolved(resolved, entry, state);
      default -> {}
    }
  }

  private void unmapped(HvaRange range, TrailEntry entry, MachineState state) {
    PageSpan pages = PageSpan.of(range);
    if (pages.isEmpty()) {
      return;
    }
    holes.put(pages.first(), pages.pages(), new Hole(Origin.of(entry)));
    for (Memslot slot : state.slots().all()) {
      if (slot.host().overlaps(range)) {
        judge(slot, entry);
      }
    }
  }

  private void mapped(HvaRange range, TrailEntry entry, MachineState state) {
    PageSpan pages = PageSpan.of(range);
    if (pages.isEmpty()) {
      return;
    }
    holes.remove(pages.first(), pages.pages());
    for (Memslot slot : state.slots().all()) {
      if (slot.host().overlaps(range)) {
        ledger.close(slot.framesBehind(pages), entry.seq());
      }
    }
  }

  private void judge(@Nullable Memslot slot, TrailEntry entry) {
    if (slot == null || holes.isEmpty()) {
      return;
    }
    PageSpan host = PageSpan.of(slot.host());
    for (Run<Hole> hole : holes.overlapping(host.first(), host.pages())) {
      PageSpan frames = slot.framesBehind(new PageSpan(hole.first(), hole.pages()));
      if (!ledger.holds(frames.first(), null)) {
        note(slot, frames, entry, Evidence.of(slot.set(), hole.value().origin()));
      }
    }
  }

  private void resolved(PfnResolved event, TrailEntry entry, MachineState state) {
    Memslot slot = state.slots().atFrame(event.gfn().value());
    if (event.result() != LookupResult.FAULT
        || slot == null
        || state.host().mappings().isEmpty()
        || state.host().mappingAt(slot.hvaOf(event.gfn().gpa())) != null) {
      return;
    }
    PageSpan page = new PageSpan(event.gfn().value(), 1);
    if (!ledger.holds(page.first(), null)) {
      note(slot, page, entry, Evidence.of(slot.set(), Origin.of(entry)));
    }
  }

  private void note(Memslot slot, PageSpan frames, TrailEntry entry, Evidence evidence) {
    ledger.note(
        frames, new Tally(slot.id(), null, null, entry.seq(), entry.seq(), 1, evidence, -1, ""));
  }

  @Override
  public List<Finding> findings() {
    return ledger.findings();
  }
}
