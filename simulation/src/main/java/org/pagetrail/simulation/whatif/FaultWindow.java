package org.pagetrail.simulation.whatif;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.trail.TrailEntry;

/**
 * Holds entries of a recording back until the handling of each fault before them is known: what the
 * host did for a fault is read off the entries that follow it.
 */
final class FaultWindow {
  private final Taker taker;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final List<OpenFault> open = new ArrayList<>();

  /** Takes the entries in their order. */
  interface Taker {
    /**
     * Takes an entry.
     *
     * @param fault its handling, if it is a fault
     */
    void take(TrailEntry entry, @Nullable RecordedFault fault);
  }

  private record Waiting(TrailEntry entry, @Nullable OpenFault fault) {}

  FaultWindow(Taker taker) {
    this.taker = taker;
  }

  /** Reads the next entry and passes on what is known. */
  void read(TrailEntry entry) {
    if (!open.isEmpty()) {
      open.forEach(fault -> fault.see(entry));
      open.removeIf(OpenFault::isClosed);
    }
    OpenFault fault = entry.event() instanceof Stage2Faulted ? new OpenFault(entry) : null;
    if (fault != null) {
      open.add(fault);
    }
    waiting.add(new Waiting(entry, fault));
    passOn();
  }

  /** Passes on everything: the recording ends here. */
  void end() {
    open.clear();
    while (!waiting.isEmpty()) {
      passOn(waiting.remove());
    }
  }

  private void passOn() {
    while (!waiting.isEmpty()) {
      OpenFault fault = waiting.element().fault();
      if (fault != null && !fault.isClosed()) {
        return;
      }
      passOn(waiting.remove());
    }
  }

  private void passOn(Waiting next) {
    OpenFault fault = next.fault();
    taker.take(next.entry(), fault == null ? null : fault.close());
  }
}
