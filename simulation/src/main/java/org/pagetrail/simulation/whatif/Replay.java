package org.pagetrail.simulation.whatif;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.kvm.KvmState;

/**
 * A recorded run replayed under a kernel.
 *
 * @param trail the stimuli that the recording gave, and what the model decided
 * @param faults every recorded fault beside the model's outcome, in order
 * @param exitsGone how many recorded exits no longer happen
 * @param left where the guest would have left the recording, null if it never would
 * @param end the model's state at the end of the recording
 * @param origins which stimulus made which entry of the replay happen
 */
public record Replay(
    Trail trail,
    List<FaultComparison> faults,
    long exitsGone,
    @Nullable Departure left,
    KvmState end,
    Origins origins) {

  /** Copies the list. */
  public Replay {
    faults = List.copyOf(faults);
  }

  /** The faults on which recording and model differ. */
  public List<FaultComparison> disagreements() {
    return faults.stream().filter(f -> f.isComparable() && !f.agrees()).toList();
  }

  /** How many faults could be compared. */
  public long compared() {
    return faults.stream().filter(FaultComparison::isComparable).count();
  }

  /**
   * The point from which the recorded stimuli are no longer what the guest would have done.
   *
   * @param recordedSeq the position in the recording
   * @param replaySeq the position in the replay
   * @param reason in a sentence
   */
  public record Departure(long recordedSeq, long replaySeq, String reason) {}
}
