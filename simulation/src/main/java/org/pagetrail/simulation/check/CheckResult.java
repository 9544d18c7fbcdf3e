package org.pagetrail.simulation.check;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.simulation.check.Separation.RuleLine;

/**
 * Which kernels explain a recording.
 *
 * @param decisions how many decisions of each kind the recording holds
 * @param named how well the kernel that the recording names explains it; null if it names none
 * @param ranking best first
 * @param separation what separates the first two of the ranking; null if there is no second
 * @param ownRules the rules by which the best differs from its release; empty if it is one
 * @param tried how many kernels were tried
 * @param replays how many replays that took, whole or in part
 */
public record CheckResult(
    Map<DecisionKind, Long> decisions,
    @Nullable Explainers named,
    List<Explainers> ranking,
    @Nullable Separation separation,
    List<RuleLine> ownRules,
    long tried,
    long replays) {
  /** Copies the lists. */
  public CheckResult {
    ranking = List.copyOf(ranking);
    ownRules = List.copyOf(ownRules);
  }
}
