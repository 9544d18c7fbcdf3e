package org.pagetrail.simulation.whatif;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.HostEvent.EntryChanged;
import org.pagetrail.events.KvmEvent.AbortHandled;
import org.pagetrail.events.KvmEvent.AbortInjected;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.RunReturned;
import org.pagetrail.events.KvmEvent.Stage2MadeYoung;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.KvmEvent.Stage2Relaxed;
import org.pagetrail.events.KvmEvent.Undecided;
import org.pagetrail.events.trail.TrailEntry;

/** Reads the outcome of a fault off the events that follow it, one after the other. */
final class FaultOutcomes {
  private boolean resolved;
  private boolean changed;
  private @Nullable FaultOutcome outcome;

  /** The outcome that {@code events}, all from the handling of one fault, amount to. */
  static FaultOutcome of(List<? extends Event> events) {
    FaultOutcomes outcomes = new FaultOutcomes();
    events.forEach(outcomes::see);
    return outcomes.outcome();
  }

  /** The same of entries. */
  static FaultOutcome ofEntries(List<TrailEntry> entries) {
    FaultOutcomes outcomes = new FaultOutcomes();
    entries.forEach(entry -> outcomes.see(entry.event()));
    return outcomes.outcome();
  }

  /**
   * Takes the next event of the handling.
   *
   * <p>An entry installed before the pfn lookup is done, after the host announced its change, comes
   * from that notifier (change_pte), not from the fault, and does not count. A trace may lack the
   * lookups.
   */
  void see(Event event) {
    switch (event) {
      case PfnResolved _ -> resolved = true;
      case EntryChanged _ -> changed = true;
      case Stage2Mapped _ when !countsMappings() -> changed = false;
      case Stage2Mapped map -> outcome = mapped(map);
      case Stage2Relaxed relaxed -> outcome = new FaultOutcome.Relaxed(relaxed.added());
      case Stage2MadeYoung _ -> outcome = new FaultOutcome.Aged();
      case MmioExited exit ->
          outcome = new FaultOutcome.Mmio(exit.write(), exit.width(), exit.gpa());
      case AbortInjected injected -> outcome = new FaultOutcome.Injected(injected.kind());
      case AbortHandled handled when handled.ret() < 0 ->
          outcome = new FaultOutcome.Failed(-handled.ret());
      case RunReturned run when run.errno() != 0 ->
          outcome = outcome == null ? new FaultOutcome.Failed(Math.abs(run.errno())) : outcome;
      case GuestAccessCompleted done when done.completion() == Completion.DIRECT ->
          outcome = outcome == null ? new FaultOutcome.Direct() : outcome;
      case Undecided open -> outcome = new FaultOutcome.Unknown(open.question());
      default -> {}
    }
  }

  /** False if the next mapping is that of a change that the host announced. */
  boolean countsMappings() {
    return resolved || !changed;
  }

  /** True if an event has said what the fault led to. */
  boolean isTold() {
    return outcome != null;
  }

  /** What the events so far amount to. */
  FaultOutcome outcome() {
    return outcome == null ? new FaultOutcome.Retry() : outcome;
  }

  private static FaultOutcome mapped(Stage2Mapped map) {
    return new FaultOutcome.Mapped(map.gpa(), map.size(), map.perms(), map.memoryType(), map.ret());
  }
}
