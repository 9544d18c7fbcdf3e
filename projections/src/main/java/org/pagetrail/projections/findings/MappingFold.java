package org.pagetrail.projections.findings;

import java.util.List;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Memslot;
import org.pagetrail.projections.machine.Stage2Entry;
import org.pagetrail.projections.ranges.PageSpan;
import org.pagetrail.projections.ranges.Run;

/**
 * A finding that is a condition on stage 2 mappings: judged when a mapping is made or changed, and
 * again when an entry tells more about its host page; closed when the mapping goes.
 */
final class MappingFold implements FindingFold {
  private final MappingCondition condition;
  private final Ledger ledger;

  MappingFold(FindingKind kind, MappingCondition condition) {
    this(condition, Ledger.byGuestFrame(kind));
  }

  private MappingFold(MappingCondition condition, Ledger ledger) {
    this.condition = condition;
    this.ledger = ledger;
  }

  @Override
  public FindingFold fork() {
    return new MappingFold(condition, ledger.fork());
  }

  @Override
  public List<Book> books() {
    return List.of(ledger.book());
  }

  @Override
  public void apply(TrailEntry entry, MachineState state, Clues clues) {
    for (Run<Stage2Entry> gone : state.stage2().removedLast()) {
      ledger.close(new PageSpan(gone.first(), gone.pages()), entry.seq());
    }
    for (Run<Stage2Entry> mapping : state.stage2().changedLast()) {
      judge(mapping, state, entry.seq());
    }
    switch (entry.event()) {
      case HostEvent.PagesSeen seen -> judgeBehind(seen.range(), state, entry.seq());
      case HostEvent.PagesMapped mapped -> judgeBehind(mapped.range(), state, entry.seq());
      case HostEvent.PageMapped mapped ->
          judgeBehind(new HvaRange(mapped.hva(), mapped.size()), state, entry.seq());
      default -> {}
    }
    for (Run<Stage2Entry> mapping : state.zeroPagesShownLast()) {
      judge(mapping, state, entry.seq());
    }
  }

  private void judgeBehind(HvaRange range, MachineState state, long seq) {
    PageSpan pages = PageSpan.of(range);
    for (Memslot slot : state.slots().showing(range)) {
      for (Run<Stage2Entry> mapping : state.stage2().overlapping(slot.framesBehind(pages))) {
        judge(mapping, state, seq);
      }
    }
  }

  private void judge(Run<Stage2Entry> mapping, MachineState state, long seq) {
    PageSpan span = new PageSpan(mapping.first(), mapping.pages());
    Evidence evidence = condition.evidence(mapping, state);
    if (evidence == null) {
      ledger.close(span, seq);
    } else if (!ledger.holds(mapping.first(), mapping.value().pfn())) {
      Memslot slot = state.slots().atFrame(mapping.first());
      ledger.note(
          span,
          new Tally(
              slot == null ? null : slot.id(),
              mapping.value().pfn(),
              null,
              mapping.value().lastChange().seq(),
              mapping.value().lastChange().seq(),
              1,
              evidence,
              -1,
              ""));
    }
  }

  @Override
  public List<Finding> findings() {
    return ledger.findings();
  }
}
