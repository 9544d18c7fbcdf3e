package org.pagetrail.projections.findings;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.findings.ZeroPageSighting.Door;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Memslot;
import org.pagetrail.projections.ranges.PageSpan;

/**
 * A write to a slot with KVM_MEM_READONLY went to memory, where it must exit with KVM_EXIT_MMIO
 * (api.rst). Told by the write itself, or by words in a zero page that stage 2 let the guest write
 * in read-only slots only.
 */
final class WriteDidNotExit implements FindingFold {
  private final Ledger ledger;

  WriteDidNotExit() {
    this(Ledger.byGuestFrame(FindingKind.WRITE_DID_NOT_EXIT));
  }

  private WriteDidNotExit(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public FindingFold fork() {
    return new WriteDidNotExit(ledger.fork());
  }

  @Override
  public List<Book> books() {
    return List.of(ledger.book());
  }

  @Override
  public void apply(TrailEntry entry, MachineState state, Clues clues) {
    GuestWrite write = clues.write();
    if (write != null && write.gpa() != null) {
      Memslot slot = state.slots().at(write.gpa());
      if (slot != null && slot.isReadOnly()) {
        Evidence evidence = write.evidence().and(Evidence.of(slot.flagsSet()));
        note(write.gpa(), write.pfn(), slot, entry.seq(), evidence, "");
      }
    }
    ZeroPageSighting sighting = clues.sighting();
    if (sighting != null
        && sighting.news()
        && !sighting.doors().isEmpty()
        && sighting.doors().stream().allMatch(Door::readOnlySlot)) {
      Door door = sighting.doors().getFirst();
      Gpa gpa = new Gfn(door.gfn()).gpa();
      Evidence evidence = Evidence.of(door.mapped(), sighting.origin());
      String detail = "seen " + Words.text(sighting.dirty());
      note(gpa, sighting.pfn(), state.slots().at(gpa), entry.seq(), evidence, detail);
    }
  }

  private void note(
      Gpa gpa,
      @Nullable Pfn pfn,
      @Nullable Memslot slot,
      long seq,
      Evidence evidence,
      String detail) {
    ledger.note(
        new PageSpan(gpa.gfn().value(), 1),
        new Tally(slot == null ? null : slot.id(), pfn, null, seq, seq, 1, evidence, -1, detail));
  }

  @Override
  public List<Finding> findings() {
    return ledger.findings();
  }
}
