package org.pagetrail.simulation.check;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Source;

/**
 * A recorded decision that a kernel does not explain.
 *
 * @param seq the stimulus in the recording
 * @param source where the decision was read, or its stimulus where nothing was decided
 * @param kind what kind of decision
 * @param stimulus what was to be decided
 * @param recorded what the recorded kernel did
 * @param derived what the model's kernel does
 * @param rule the rule behind that, empty if it decides nothing
 */
public record Miss(
    long seq,
    @Nullable Source source,
    DecisionKind kind,
    String stimulus,
    String recorded,
    String derived,
    String rule) {

  /** Which observation this is, the same for every kernel. */
  Observation observation() {
    return new Observation(seq, kind);
  }

  /** One decision of a recording. */
  record Observation(long seq, DecisionKind kind) {}
}
