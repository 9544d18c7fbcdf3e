package org.pagetrail.projections.machine;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.RunEvent.MachineDescribed;

/**
 * What is said about the run as a whole.
 *
 * @param host the host, null if not described
 * @param machine the machine, null if not described
 * @param eventsLost how many events the recorder is known to have lost so far
 * @param recordingLeft where a replay left what the recorded guest would have done, null if it did
 *     not
 * @param outcome how the run ended, null if it has not, or nobody said
 */
public record RunFacts(
    @Nullable HostDescribed host,
    @Nullable MachineDescribed machine,
    long eventsLost,
    @Nullable Milestone recordingLeft,
    @Nullable Milestone outcome) {

  /** Nothing was said yet. */
  static final RunFacts NONE = new RunFacts(null, null, 0, null, null);

  RunFacts withHost(HostDescribed described) {
    return new RunFacts(described, machine, eventsLost, recordingLeft, outcome);
  }

  RunFacts withMachine(MachineDescribed described) {
    return new RunFacts(host, described, eventsLost, recordingLeft, outcome);
  }

  RunFacts withEventsLost(long count) {
    return new RunFacts(host, machine, eventsLost + Math.max(0, count), recordingLeft, outcome);
  }

  RunFacts withRecordingLeft(Milestone left) {
    return new RunFacts(host, machine, eventsLost, left, outcome);
  }

  RunFacts withOutcome(Milestone end) {
    return new RunFacts(host, machine, eventsLost, recordingLeft, end);
  }
}
