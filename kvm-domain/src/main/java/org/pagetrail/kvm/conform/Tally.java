package org.pagetrail.kvm.conform;

import java.util.Collection;

/**
 * How many steps match.
 *
 * @param matched of the steps that rules decide
 * @param total steps that rules decide
 * @param noiseMatched of the steps in which chance has a say
 * @param noiseTotal steps in which chance has a say
 */
public record Tally(long matched, long total, long noiseMatched, long noiseTotal) {

  /** Counts results. */
  public static Tally of(Collection<StepResult> results) {
    return new Tally(
        results.stream().filter(r -> !r.isNoise() && r.matches()).count(),
        results.stream().filter(r -> !r.isNoise()).count(),
        results.stream().filter(r -> r.isNoise() && r.matches()).count(),
        results.stream().filter(StepResult::isNoise).count());
  }

  /** The counts of both together. */
  public Tally plus(Tally other) {
    return new Tally(
        matched + other.matched,
        total + other.total,
        noiseMatched + other.noiseMatched,
        noiseTotal + other.noiseTotal);
  }

  /** Such as {@code 3492/3492, by chance 40/40}. */
  @Override
  public String toString() {
    String counts = matched + "/" + total;
    return noiseTotal == 0 ? counts : counts + ", by chance " + noiseMatched + "/" + noiseTotal;
  }
}
