package org.pagetrail.simulation.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.KvmCommand;

/**
 * One stimulus of a recording with what the recorded kernel decided about it.
 *
 * @param entry the stimulus
 * @param commands what it asks of the model; for a fault empty, because the level of the miss
 *     depends on stage 2
 * @param fault the fault, null for any other stimulus
 * @param lookup the frame that the fault was found to have, null if the recording does not say
 * @param decided the recorded decisions, in order
 * @param judged whether the recording holds the whole of its handling
 */
record RecordedStep(
    TrailEntry entry,
    List<KvmCommand> commands,
    @Nullable Stage2Faulted fault,
    @Nullable PfnResolved lookup,
    List<TrailEntry> decided,
    boolean judged) {
  RecordedStep {
    commands = List.copyOf(commands);
    decided = List.copyOf(decided);
  }

  /** A stimulus that only changes the state. */
  static RecordedStep told(TrailEntry entry, List<KvmCommand> commands) {
    return new RecordedStep(entry, commands, null, null, List.of(), false);
  }
}
