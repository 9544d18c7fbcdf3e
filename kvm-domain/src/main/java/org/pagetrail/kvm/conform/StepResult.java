package org.pagetrail.kvm.conform;

import java.util.List;
import org.pagetrail.events.trail.Decision;

/**
 * One step of a scenario, recorded and modelled.
 *
 * @param scenario the scenario's name
 * @param step its position in the sequence, from 0
 * @param expected what the table says
 * @param got what the model says
 * @param rule the rule of the model's last decision about it, empty if it made none
 * @param decisions what the model decided in the step, in order
 * @param noise why the step says nothing about the model, to be counted apart; empty if it does
 */
public record StepResult(
    String scenario,
    int step,
    String expected,
    String got,
    String rule,
    List<Decision> decisions,
    String noise) {
  private static final String NO_STAGE2 = "|?]";
  private static final String NO_PAGE = "[?|?]";

  /** Copies the list. */
  public StepResult {
    decisions = List.copyOf(decisions);
  }

  /** True if the model says what the table says; {@code ?} in a table is what nobody saw. */
  public boolean matches() {
    return expected.equals(got)
        || (expected.endsWith(NO_STAGE2) && sameUpTo('|'))
        || (expected.endsWith(NO_PAGE) && sameUpTo('['));
  }

  private boolean sameUpTo(char end) {
    int at = expected.lastIndexOf(end);
    return got.lastIndexOf(end) == at && got.startsWith(expected.substring(0, at));
  }

  /** True if chance decided what the table says. */
  public boolean isNoise() {
    return !noise.isEmpty();
  }
}
