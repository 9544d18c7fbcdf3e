package org.pagetrail.simulation.whatif;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.KvmEvent.AbortHandled;
import org.pagetrail.events.KvmEvent.MmioCompleted;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;

/**
 * One stage 2 fault of a recording with what the recorded kernel made of it.
 *
 * @param entry the fault
 * @param fault its event
 * @param outcome how it was handled
 * @param lookup the pfn lookup, null if there was none
 * @param exit the MMIO exit it led to, null if none
 * @param answer the value that came back for a read exit, null if none
 * @param end the seq of the last entry of its handling
 */
record RecordedFault(
    TrailEntry entry,
    Stage2Faulted fault,
    FaultOutcome outcome,
    @Nullable PfnResolved lookup,
    @Nullable MmioExited exit,
    @Nullable MmioCompleted answer,
    long end) {

  /** The value that the access wrote, where the recording has it; null otherwise. */
  @Nullable Long writtenValue() {
    return exit != null && exit.write() ? (Long) exit.value() : null;
  }

  /** The value that the guest read, where the recording has it; null otherwise. */
  @Nullable Long readValue() {
    return answer == null ? null : (Long) answer.value();
  }

  /** The width of the access in bytes, 4 where the recording does not say. */
  int width() {
    return exit == null ? Integer.BYTES : exit.width();
  }

  /**
   * Reads the fault at {@code seq} and its handling. The handling ends with AbortHandled of the
   * same vCPU; a recording cut before that leaves the outcome unknown.
   */
  static RecordedFault at(Trail trail, long seq) {
    TrailEntry entry = trail.at(seq);
    Stage2Faulted fault = (Stage2Faulted) entry.event();
    List<Event> handling = new ArrayList<>();
    @Nullable PfnResolved lookup = null;
    @Nullable MmioExited exit = null;
    long end = seq;
    boolean handled = false;
    for (long i = seq + 1; i < trail.size() && !handled; i++) {
      Event event = trail.at(i).event();
      if (event instanceof Stage2Faulted next && next.vcpu() == fault.vcpu()) {
        break;
      }
      handling.add(event);
      end = i;
      switch (event) {
        case PfnResolved found -> lookup = found;
        case MmioExited out when out.vcpu() == fault.vcpu() -> exit = out;
        case AbortHandled done when done.vcpu() == fault.vcpu() -> handled = true;
        default -> {}
      }
    }
    FaultOutcome outcome =
        handled
            ? FaultOutcomes.of(handling)
            : new FaultOutcome.Unknown("the recording ends before the fault is handled");
    @Nullable MmioCompleted answer =
        exit == null || exit.write() ? null : answerAfter(trail, end, exit);
    return new RecordedFault(entry, fault, outcome, lookup, exit, answer, end);
  }

  private static @Nullable MmioCompleted answerAfter(Trail trail, long from, MmioExited exit) {
    for (long i = from; i < trail.size(); i++) {
      switch (trail.at(i).event()) {
        case MmioCompleted done when done.vcpu() == exit.vcpu() -> {
          return done;
        }
        case Stage2Faulted next when next.vcpu() == exit.vcpu() -> {
          return null;
        }
        default -> {}
      }
    }
    return null;
  }
}
