package org.pagetrail.projections.findings;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.findings.ZeroPageSighting.Door;
import org.pagetrail.projections.machine.FrameKind;
import org.pagetrail.projections.machine.HostMapping;
import org.pagetrail.projections.machine.HostPage;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Memslot;
import org.pagetrail.projections.ranges.PageSpan;

/**
 * The guest wrote a page that others see too and that it has no right to change: a zero page, a KSM
 * page, the page cache behind a private mapping, or a private page shared since a fork. Told by the
 * write itself, or by words in a zero page that stage 2 let the guest write.
 */
final class SharedPageWritten implements FindingFold {
  private final Ledger ledger;

  SharedPageWritten() {
    this(Ledger.byHostFrame(FindingKind.SHARED_PAGE_WRITTEN));
  }

  private SharedPageWritten(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public FindingFold fork() {
    return new SharedPageWritten(ledger.fork());
  }

  @Override
  public List<Book> books() {
    return List.of(ledger.book());
  }

  @Override
  public void apply(TrailEntry entry, MachineState state, Clues clues) {
    GuestWrite write = clues.write();
    if (write != null && write.pfn() != null && isShared(write.pfn(), write.gpa(), state)) {
      FrameKind kind = state.host().kindOf(write.pfn());
      Evidence evidence =
          kind == null ? write.evidence() : write.evidence().and(Evidence.of(kind.origin()));
      note(write.pfn(), write.gpa(), entry.seq(), evidence, state, name(write.pfn(), state));
    }
    ZeroPageSighting sighting = clues.sighting();
    if (sighting != null && sighting.news() && !sighting.doors().isEmpty()) {
      Door door = sighting.doors().getFirst();
      note(
          sighting.pfn(),
          new Gfn(door.gfn()).gpa(),
          entry.seq(),
          Evidence.of(door.mapped(), sighting.origin()),
          state,
          name(sighting.pfn(), state) + ", seen " + Words.text(sighting.dirty()));
    }
  }

  private void note(
      Pfn pfn, @Nullable Gpa gpa, long seq, Evidence evidence, MachineState state, String detail) {
    Memslot slot = gpa == null ? null : state.slots().at(gpa);
    SlotId id = slot == null ? null : slot.id();
    GpaRange guest = gpa == null ? null : new GpaRange(gpa.pageBase(), ByteSize.PAGE);
    ledger.note(
        new PageSpan(pfn.value(), 1), new Tally(id, pfn, guest, seq, seq, 1, evidence, -1, detail));
  }

  private static boolean isShared(Pfn pfn, @Nullable Gpa gpa, MachineState state) {
    return switch (state.kindOf(pfn)) {
      case ZERO_PAGE, HUGE_ZERO_PAGE, KSM -> true;
      case PAGE_CACHE, PAGE_CACHE_HUGE -> isBehindPrivateMapping(gpa, state);
      case ANONYMOUS, ANONYMOUS_HUGE -> isMappedByOthers(pfn, gpa, state);
      case ABSENT, HUGETLB, DEVICE, RESERVED_RAM, NOMAP_RAM, ZONE_DEVICE, POISONED, UNKNOWN ->
          false;
    };
  }

  private static boolean isBehindPrivateMapping(@Nullable Gpa gpa, MachineState state) {
    Hva hva = gpa == null ? null : state.hvaOf(gpa);
    HostMapping mapping = hva == null ? null : state.host().mappingAt(hva);
    return mapping != null && mapping.isPrivate();
  }

  /** A private page after fork: the other process must keep seeing what it saw. */
  private static boolean isMappedByOthers(Pfn pfn, @Nullable Gpa gpa, MachineState state) {
    Hva hva = gpa == null ? null : state.hvaOf(gpa);
    HostPage page = hva == null ? null : state.host().pageAt(hva);
    return page != null
        && pfn.equals(page.pfn())
        && page.doubted() < 0
        && Boolean.FALSE.equals(page.exclusive())
        && isBehindPrivateMapping(gpa, state);
  }

  private static String name(Pfn pfn, MachineState state) {
    PageKind kind = state.kindOf(pfn);
    return switch (kind) {
      case ZERO_PAGE -> "zero page";
      case HUGE_ZERO_PAGE -> "huge zero page";
      case KSM -> "KSM page";
      case ANONYMOUS, ANONYMOUS_HUGE -> "page shared since a fork";
      default -> "page cache of a private mapping";
    };
  }

  @Override
  public List<Finding> findings() {
    return ledger.findings();
  }
}
