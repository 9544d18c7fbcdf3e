package org.pagetrail.kvm.model;

import java.util.List;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Input;

/**
 * A named piece of a kernel's behaviour. Where history gave several answers to one question, the
 * answers are the constants of one enum, and a {@link KernelModel} holds one of them. What a user
 * states in the place of such a rule is a rule of the same kind.
 */
public interface Rule {

  /** What the rule book prints. */
  RuleText text();

  /** What it answers: a kernel holds one rule for each question. */
  default String question() {
    return ((Enum<?>) this).getDeclaringClass().getSimpleName();
  }

  /** The rule's identity. */
  default String id() {
    return text().id();
  }

  /** Where in the kernel the rule lives. */
  default RuleLayer layer() {
    return text().layer();
  }

  /** True if the model does not know what kernels with this rule do. */
  default boolean isUnknown() {
    return id().startsWith(RuleText.UNKNOWN);
  }

  /** The rule as the reason of a decision, with the values that it read. */
  default Citation cite(Input... inputs) {
    return new Citation(id(), text().source(), List.of(inputs));
  }
}
