package org.pagetrail.projections.findings;

import java.util.List;
import org.pagetrail.events.HostEvent.ReferenceLeaked;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Origin;
import org.pagetrail.projections.ranges.PageSpan;

/** A reference on a page was taken and nobody will drop it: the page is never freed. */
final class ReferenceLeak implements FindingFold {
  private final Ledger ledger;

  ReferenceLeak() {
    this(Ledger.byHostFrame(FindingKind.REFERENCE_LEAKED));
  }

  private ReferenceLeak(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public FindingFold fork() {
    return new ReferenceLeak(ledger.fork());
  }

  @Override
  public List<Book> books() {
    return List.of(ledger.book());
  }

  @Override
  public void apply(TrailEntry entry, MachineState state, Clues clues) {
    if (entry.event() instanceof ReferenceLeaked leaked) {
      Tally tally =
          new Tally(
              null,
              leaked.pfn(),
              null,
              entry.seq(),
              entry.seq(),
              1,
              Evidence.of(Origin.of(entry)),
              -1,
              leaked.leakedSoFar() + " so far");
      ledger.note(new PageSpan(leaked.pfn().value(), 1), tally);
    }
  }

  @Override
  public List<Finding> findings() {
    return ledger.findings();
  }
}
