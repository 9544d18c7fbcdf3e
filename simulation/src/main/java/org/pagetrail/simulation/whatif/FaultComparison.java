package org.pagetrail.simulation.whatif;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Source;

/**
 * One recorded fault beside what the model makes of it.
 *
 * @param recordedSeq the fault's position in the recording
 * @param source where the recording has it
 * @param gpa the address that faulted
 * @param recorded what the recorded kernel did
 * @param derived what the model decides
 * @param rule the rule behind the model's decision
 * @param replaySeq the position of that decision in the replay
 */
public record FaultComparison(
    long recordedSeq,
    @Nullable Source source,
    Gpa gpa,
    FaultOutcome recorded,
    FaultOutcome derived,
    String rule,
    long replaySeq) {

  /** True if both did the same. */
  public boolean agrees() {
    return recorded.equals(derived);
  }

  /** True if there is something to compare on both sides. */
  public boolean isComparable() {
    return !(recorded instanceof FaultOutcome.Unknown);
  }
}
