package org.pagetrail.simulation.whatif;

import java.util.List;
import org.jspecify.annotations.Nullable;
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
 * @param exits the seqs of all MMIO exits in its handling, those of other vCPUs too
 * @param end the seq of the last entry of its handling
 */
record RecordedFault(
    TrailEntry entry,
    Stage2Faulted fault,
    FaultOutcome outcome,
    @Nullable PfnResolved lookup,
    @Nullable MmioExited exit,
    @Nullable MmioCompleted answer,
    List<Long> exits,
    long end) {

  /** Copies the list. */
  RecordedFault {
    exits = List.copyOf(exits);
  }

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

  /** Reads the fault at {@code seq} of a trail, and its handling. */
  static RecordedFault at(Trail trail, long seq) {
    OpenFault open = new OpenFault(trail.at(seq));
    for (long i = seq + 1; i < trail.size() && !open.isClosed(); i++) {
      open.see(trail.at(i));
    }
    return open.close();
  }
}
