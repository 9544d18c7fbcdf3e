package org.pagetrail.simulation.whatif;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.KvmEvent.AbortHandled;
import org.pagetrail.events.KvmEvent.AbortInjected;
import org.pagetrail.events.KvmEvent.LookupResult;
import org.pagetrail.events.KvmEvent.MmioCompleted;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.RunReturned;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.TrailEntry;

/**
 * A recorded fault whose handling is still being read. The handling ends with AbortHandled of the
 * same vCPU, a read exit with the value that comes back; the next fault of the vCPU ends both, and
 * so do {@link #ENTRIES_MAX} entries. A recording cut before that leaves the outcome unknown,
 * unless the trace has told it: x86 does not trace the end of the handling.
 */
final class OpenFault {
  /** No further than this behind a fault is looked for how it was handled. */
  static final int ENTRIES_MAX = 1 << 16;

  private final TrailEntry entry;
  private final Stage2Faulted fault;
  private final FaultOutcomes outcomes = new FaultOutcomes();
  private final List<Long> exits = new ArrayList<>(1);
  private @Nullable PfnResolved lookup;
  private @Nullable MmioExited exit;
  private @Nullable MmioCompleted answer;
  private @Nullable Event last;
  private long end;
  private boolean handled;
  private boolean closed;

  OpenFault(TrailEntry entry) {
    this.entry = entry;
    this.fault = (Stage2Faulted) entry.event();
    this.end = entry.seq();
  }

  /** True if nothing that follows can tell more. */
  boolean isClosed() {
    return closed;
  }

  /** Takes the next entry behind the fault, or behind the last one taken. */
  void see(TrailEntry next) {
    if (closed) {
      return;
    }
    Event event = next.event();
    boolean cutOff = event instanceof Stage2Faulted other && other.vcpu() == fault.vcpu();
    if (cutOff || next.seq() - entry.seq() > ENTRIES_MAX) {
      closed = true;
    } else if (handled) {
      answer(event);
    } else {
      handle(next.seq(), event);
    }
  }

  private void handle(long seq, Event event) {
    last = event;
    end = seq;
    if (isOwn(event)) {
      if (event instanceof Stage2Mapped map && lookup == null && outcomes.countsMappings()) {
        lookup = behind(map);
      }
      outcomes.see(event);
    }
    switch (event) {
      case PfnResolved found -> lookup = found;
      case MmioExited out -> {
        exits.add(seq);
        exit = out.vcpu() == fault.vcpu() ? out : exit;
      }
      case AbortHandled done when done.vcpu() == fault.vcpu() -> {
        handled = true;
        closed = exit == null || exit.write();
      }
      default -> {}
    }
  }

  /** False for what another vCPU did, and for an entry elsewhere. */
  private boolean isOwn(Event event) {
    return switch (event) {
      case MmioExited exited -> exited.vcpu() == fault.vcpu();
      case AbortInjected injected -> injected.vcpu() == fault.vcpu();
      case AbortHandled done -> done.vcpu() == fault.vcpu();
      case RunReturned left -> left.vcpu() == fault.vcpu();
      case GuestAccessCompleted access -> access.vcpu() == fault.vcpu();
      case Stage2Mapped map -> new GpaRange(map.gpa(), map.size()).contains(fault.gpa());
      default -> true;
    };
  }

  /** The lookup that a mapping must have had, where the trace has no lookups. */
  private PfnResolved behind(Stage2Mapped map) {
    Gfn gfn = fault.gpa().gfn();
    Pfn pfn = map.pfn().plus(gfn.value() - map.gpa().gfn().value());
    return new PfnResolved(
        gfn, fault.access().stores(), LookupResult.FOUND, pfn, PageKind.UNKNOWN, null);
  }

  private void answer(Event event) {
    if (event instanceof MmioCompleted done && done.vcpu() == fault.vcpu()) {
      answer = done;
      closed = true;
    }
  }

  /** The fault with what was read of its handling. */
  RecordedFault close() {
    closed = true;
    boolean isRead = exit != null && !exit.write();
    if (isRead && answer == null && last != null) {
      answer(last);
    }
    FaultOutcome outcome =
        handled || outcomes.isTold()
            ? outcomes.outcome()
            : new FaultOutcome.Unknown("the recording ends before the fault is handled");
    return new RecordedFault(
        entry, fault, outcome, lookup, exit, isRead ? answer : null, exits, end);
  }
}
