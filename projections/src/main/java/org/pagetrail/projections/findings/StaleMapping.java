package org.pagetrail.projections.findings;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.GuestEvent;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.KvmEvent;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.machine.HostMapping;
import org.pagetrail.projections.machine.HostPage;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Memslot;
import org.pagetrail.projections.machine.Origin;
import org.pagetrail.projections.machine.Stage2Entry;
import org.pagetrail.projections.ranges.PageSpan;
import org.pagetrail.projections.ranges.Run;

/**
 * Stage 2 still maps a frame although the host has nothing, or another frame, at that address.
 *
 * <p>The host and KVM change one after the other, so a difference counts only if it is still there
 * when guest code runs next, or at the end. A mapping whose unmapping the recorder would not have
 * shown is not held against anybody.
 */
final class StaleMapping implements FindingFold {
  private final Ledger ledger;
  private final Book suspects;

  StaleMapping() {
    this(Ledger.byGuestFrame(FindingKind.STALE_MAPPING), new Book());
  }

  private StaleMapping(Ledger ledger, Book suspects) {
    this.ledger = ledger;
    this.suspects = suspects;
  }

  @Override
  public FindingFold fork() {
    return new StaleMapping(ledger.fork(), suspects.fork());
  }

  @Override
  public List<Book> books() {
    return List.of(ledger.book(), suspects);
  }

  @Override
  public void apply(TrailEntry entry, MachineState state, Clues clues) {
    for (Run<Stage2Entry> gone : state.stage2().removedLast()) {
      PageSpan frames = new PageSpan(gone.first(), gone.pages());
      suspects.remove(frames);
      ledger.close(frames, entry.seq());
    }
    Origin origin = Origin.of(entry);
    switch (entry.event()) {
      case HostEvent.PageMapped mapped ->
          compareBehind(new HvaRange(mapped.hva(), mapped.size()), state, origin);
      case HostEvent.PagesMapped mapped -> compareBehind(mapped.range(), state, origin);
      case HostEvent.PagesDropped dropped -> compareBehind(dropped.range(), state, origin);
      case HostEvent.HostUnmapped unmapped -> compareBehind(unmapped.range(), state, origin);
      case HostEvent.PagesSeen seen -> compareBehind(seen.range(), state, origin);
      case KvmEvent.Stage2Mapped mapped when mapped.ret() == 0 ->
          compareNew(mapped.gpa().gfn().value(), state);
      case KvmEvent.VcpuEntered entered -> guestRuns();
      case GuestEvent.GuestAccessed accessed -> guestRuns();
      default -> {}
    }
  }

  private void guestRuns() {
    if (!suspects.isEmpty()) {
      for (Run<Tally> suspect : List.copyOf(suspects.runs())) {
        PageSpan frames = new PageSpan(suspect.first(), suspect.pages());
        ledger.note(frames, suspect.value());
        suspects.remove(frames);
      }
    }
  }

  private void compareBehind(HvaRange range, MachineState state, Origin origin) {
    PageSpan pages = PageSpan.of(range);
    for (Memslot slot : state.slots().showing(range)) {
      PageSpan frames = slot.framesBehind(pages);
      for (Run<Stage2Entry> run : state.stage2().overlapping(frames)) {
        compare(run.clip(frames.first(), frames.end()), slot, state, origin);
      }
    }
  }

  private void compareNew(long gfn, MachineState state) {
    Memslot slot = state.slots().atFrame(gfn);
    Run<Stage2Entry> run = state.stage2().runAt(gfn);
    if (slot != null && run != null) {
      compare(run, slot, state, run.value().mapped());
    }
  }

  private void compare(Run<Stage2Entry> run, Memslot slot, MachineState state, Origin origin) {
    long hostOffset = PageSpan.of(slot.host()).first() - slot.frames().first();
    PageSpan frames = new PageSpan(run.first(), run.pages()).intersect(slot.frames());
    PageSpan host = new PageSpan(frames.first() + hostOffset, frames.pages());
    for (Run<HostPage> page : state.host().pagesIn(host)) {
      Run<HostPage> seen = page.clip(host.first(), host.end());
      PageSpan at = new PageSpan(seen.first() - hostOffset, seen.pages());
      Stage2Entry entry = run.at(at.first());
      Origin differs = difference(seen, entry, state, origin);
      if (differs == null) {
        suspects.remove(at);
        ledger.close(at, origin.seq());
      } else if (!ledger.holds(at.first(), entry.pfn())) {
        suspects.put(at.first(), at.pages(), tally(slot, entry, seen.value(), differs));
      }
    }
  }

  private static @Nullable Origin difference(
      Run<HostPage> seen, Stage2Entry entry, MachineState state, Origin origin) {
    HostPage page = seen.value();
    boolean unmapUnknown = entry.invalidated() >= 0 && !state.stage2().unmapsRecorded();
    if (page.doubted() >= 0 || unmapUnknown || isWithoutPages(seen, state)) {
      return null;
    }
    Pfn pfn = page.pfn();
    boolean gone = page.kind() == PageKind.ABSENT;
    boolean other = pfn != null && !pfn.equals(entry.pfn());
    return gone || other ? origin : null;
  }

  /** A snapshot shows nothing for memory mapped without struct pages. */
  private static boolean isWithoutPages(Run<HostPage> seen, MachineState state) {
    HostMapping mapping = state.host().mappingAt(new Hva(seen.first() << PageSize.BASE_SHIFT));
    return mapping != null && mapping.backing() == Backing.PFNMAP;
  }

  private static Tally tally(Memslot slot, Stage2Entry entry, HostPage page, Origin origin) {
    Pfn now = page.pfn();
    return new Tally(
        slot.id(),
        entry.pfn(),
        null,
        origin.seq(),
        origin.seq(),
        1,
        Evidence.of(entry.mapped(), page.origin(), origin),
        -1,
        now == null ? "the host has no page there" : "the host has another page there");
  }

  @Override
  public List<Finding> findings() {
    Ledger all = ledger.fork();
    for (Run<Tally> suspect : suspects.runs()) {
      all.note(new PageSpan(suspect.first(), suspect.pages()), suspect.value());
    }
    return all.findings();
  }
}
