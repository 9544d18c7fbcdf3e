package org.pagetrail.kvm.model.stated;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A predicate as a value: its answer for every combination of the facts that it reads. So asking it
 * is a look-up, always ends, and two predicates are equal if they say the same of the same facts.
 *
 * @param reads the facts, each once, in the order of their declaration
 * @param answers one for each combination; the first fact that is read is the lowest bit of its
 *     index
 */
public record TruthTable(List<Fact> reads, List<Boolean> answers) {
  /** How many facts one predicate may read. */
  public static final int READS_MAX = 16;

  /** Copies the lists, and rejects a table that has not one answer for each combination. */
  public TruthTable {
    reads = List.copyOf(reads);
    answers = List.copyOf(answers);
    if (reads.size() > READS_MAX || reads.stream().distinct().count() != reads.size()) {
      throw new IllegalArgumentException(
          "a predicate reads at most " + READS_MAX + " facts, each once, not " + reads);
    }
    if (answers.size() != (1 << reads.size())) {
      throw new IllegalArgumentException(
          answers.size() + " answers for the combinations of " + reads.size() + " facts");
    }
  }

  /** One true-or-false expression over facts. */
  @FunctionalInterface
  public interface Predicate {
    /** Whether it holds. */
    boolean holds(Facts facts);
  }

  /** Asks a predicate once for every combination of the facts that it reads. */
  public static TruthTable of(List<Fact> reads, Predicate predicate) {
    List<Boolean> answers = new ArrayList<>();
    for (int row = 0; row < (1 << reads.size()); row++) {
      Facts facts = new Facts(Set.of());
      for (int i = 0; i < reads.size(); i++) {
        facts = facts.with(reads.get(i), ((row >>> i) & 1) == 1);
      }
      answers.add(predicate.holds(facts));
    }
    return new TruthTable(reads, answers);
  }

  /** Whether the predicate holds. */
  public boolean holds(Facts facts) {
    int row = 0;
    for (int i = 0; i < reads.size(); i++) {
      row |= facts.has(reads.get(i)) ? (1 << i) : 0;
    }
    return answers.get(row);
  }
}
