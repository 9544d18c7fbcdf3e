package org.pagetrail.kvm.model.stated;

import org.jspecify.annotations.Nullable;
import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/**
 * A decision that a user states in place of the kernel's own rule.
 *
 * @param fix the name of the fix that states it
 * @param decision what it decides
 * @param expression as the user wrote it
 * @param predicate what it means
 * @param before what an earlier fix stated, to which this one is the kernel's own word; null if
 *     none did
 */
public record StatedRule(
    String fix,
    StatedDecision decision,
    String expression,
    TruthTable predicate,
    @Nullable StatedRule before)
    implements Rule {

  /** Rejects a predicate that asks what is not known when the decision is taken. */
  public StatedRule {
    if (!decision.facts().containsAll(predicate.reads())) {
      throw new IllegalArgumentException(
          decision.word() + " := " + expression + " reads " + predicate.reads());
    }
  }

  @Override
  public RuleText text() {
    return new RuleText(
        "user/" + fix + "/" + decision.word(),
        decision.layer(),
        "stated by the user",
        decision.word() + " := " + expression);
  }

  @Override
  public String question() {
    return questionOf(decision);
  }

  /** The name under which kernels keep what is stated about a decision. */
  public static String questionOf(StatedDecision decision) {
    return "Stated " + decision.word();
  }

  /** The same on top of what an earlier fix stated. */
  public StatedRule after(@Nullable StatedRule earlier) {
    return new StatedRule(fix, decision, expression, predicate, earlier);
  }

  /** Whether it asks a fact, itself or through what stood before. */
  public boolean asks(Fact fact) {
    return predicate.reads().contains(fact) || (before != null && before.asks(fact));
  }

  /**
   * Decides.
   *
   * @param facts what is known
   * @param own what the kernel itself says
   */
  public boolean holds(Facts facts, boolean own) {
    boolean said = before == null ? own : before.holds(facts, own);
    return predicate.holds(facts.with(decision.own(), said));
  }
}
