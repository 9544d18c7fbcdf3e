package org.pagetrail.simulation.check;

import java.util.List;
import org.pagetrail.kvm.model.Rule;

/**
 * The observation that separates the kernel that explains a recording best from the next.
 *
 * @param miss what the next does not explain, or, where it explains all that the best does, the
 *     first that the best does not
 * @param bestDecides what the best decides there
 * @param bestRule the rule behind that
 * @param ownRules the rules of the best that the next does not have, among those asked
 * @param otherRules the rules of the next in their place
 */
public record Separation(
    Miss miss,
    String bestDecides,
    String bestRule,
    List<RuleLine> ownRules,
    List<RuleLine> otherRules) {
  /** Copies the lists. */
  public Separation {
    ownRules = List.copyOf(ownRules);
    otherRules = List.copyOf(otherRules);
  }

  /** A rule as the rule book has it. */
  public record RuleLine(String rule, String source, String sentence) {
    static RuleLine of(Rule rule) {
      return new RuleLine(rule.id(), rule.text().source(), rule.text().sentence());
    }
  }
}
