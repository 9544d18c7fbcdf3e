package org.pagetrail.projections.findings;

import java.util.List;
import org.pagetrail.events.HostEvent.ContentSeen;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.machine.FrameKind;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.ranges.PageSpan;

/**
 * Somebody looked at a zero page and it was not zero: every process of the host that reads
 * untouched memory reads this. Closed when the whole page is seen zero again.
 */
final class ZeroPageNotZero implements FindingFold {
  private final Ledger ledger;

  ZeroPageNotZero() {
    this(Ledger.byHostFrame(FindingKind.ZERO_PAGE_NOT_ZERO));
  }

  private ZeroPageNotZero(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public FindingFold fork() {
    return new ZeroPageNotZero(ledger.fork());
  }

  @Override
  public List<Book> books() {
    return List.of(ledger.book());
  }

  @Override
  public void apply(TrailEntry entry, MachineState state, Clues clues) {
    ZeroPageSighting sighting = clues.sighting();
    if (sighting == null) {
      return;
    }
    PageSpan page = new PageSpan(sighting.pfn().value(), 1);
    if (sighting.dirty().isEmpty()) {
      if (entry.event() instanceof ContentSeen seen && seen.whole()) {
        ledger.close(page, entry.seq());
      }
    } else if (sighting.news() || !ledger.holds(page.first(), sighting.pfn())) {
      FrameKind kind = state.host().kindOf(sighting.pfn());
      Evidence evidence =
          kind == null
              ? Evidence.of(sighting.origin())
              : Evidence.of(kind.origin(), sighting.origin());
      String detail = Words.text(sighting.dirty());
      ledger.note(
          page,
          new Tally(null, sighting.pfn(), null, entry.seq(), entry.seq(), 1, evidence, -1, detail));
    }
  }

  @Override
  public List<Finding> findings() {
    return ledger.findings();
  }
}
