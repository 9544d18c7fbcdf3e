package org.pagetrail.kvm.explore;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The search of a pair as a TLA+ module for TLC, made from the tables; see {@link Model}. */
final class TlaModule {
  private static final String HEAD =
      """
      EXTENDS Integers, Sequences

      \\* States of a kernel are numbered from 0; -1 is no state: the operation cannot happen there.
      \\* A value of a state is that of the state before whose place is named, from 0, or what the
      \\* operation wrote, from Fresh on. Nowhere: the other kernel has no value that is equal.
      Fresh == FRESH
      Nowhere == -1
      Values == VALUES
      """;

  private static final String RULES =
      """

      VARIABLES l, r, same
      vars == <<l, r, same>>

      \\* What is equal on both sides behind an operation, given where the values come from.
      Place(values, value) ==
        CHOOSE j \\in 1..Len(values) :
          values[j] = value /\\ \\A k \\in 1..(j - 1) : values[k] # value
      Counterpart(source) == IF source >= Fresh THEN source ELSE same[source + 1]
      Relate(lefts, rights) ==
        [i \\in 1..Values |->
          IF i <= Len(lefts)
          THEN LET c == Counterpart(lefts[i])
               IN IF c # Nowhere /\\ \\E j \\in 1..Len(rights) : rights[j] = c
                  THEN Place(rights, c) - 1
                  ELSE Nowhere
          ELSE Nowhere]

      Operate(o) ==
        /\\ LeftNext[o][l + 1] >= 0
        /\\ RightNext[o][r + 1] >= 0
        /\\ l' = LeftNext[o][l + 1]
        /\\ r' = RightNext[o][r + 1]
        /\\ same' = Relate(LeftSources[o][l + 1], RightSources[o][r + 1])

      Init == l = LEFT /\\ r = RIGHT /\\ same = [i \\in 1..Values |-> Nowhere]
      """;

  private final List<Operation> operations;
  private final StringBuilder text = new StringBuilder();

  private TlaModule(List<Operation> operations) {
    this.operations = operations;
  }

  static String of(
      String name, Behaviour left, Behaviour right, List<Operation> operations, int start) {
    return new TlaModule(operations).make(name, left, right, start);
  }

  private String make(String name, Behaviour left, Behaviour right, int start) {
    text.append("---- MODULE ").append(name).append(" ----\n");
    text.append("\\* ").append(left.model()).append(" and ").append(right.model()).append('\n');
    int values = Math.max(1, Math.max(left.valuesMax(), right.valuesMax()));
    text.append(
        HEAD.replace("FRESH", Integer.toString(Values.FRESH))
            .replace("VALUES", Integer.toString(values)));
    tables("Left", left);
    tables("Right", right);
    text.append(
        RULES
            .replace("LEFT", Integer.toString(left.start(start)))
            .replace("RIGHT", Integer.toString(right.start(start))));
    for (int operation = 0; operation < operations.size(); operation++) {
      text.append(action(operation))
          .append(" == Operate(")
          .append(operation + 1)
          .append(") \\* ")
          .append(operations.get(operation).words())
          .append('\n');
    }
    text.append("Next == ")
        .append(
            IntStream.range(0, operations.size())
                .mapToObj(TlaModule::action)
                .collect(Collectors.joining(" \\/ ")))
        .append("\nSpec == Init /\\ [][Next]_vars\n====\n");
    return text.toString();
  }

  private static String action(int operation) {
    return "Operation" + (operation + 1);
  }

  private void tables(String side, Behaviour kernel) {
    table(side + "Next", kernel, operation -> node -> kernel.next(node, operation));
    text.append(side).append("Sources == <<\n");
    for (int operation = 0; operation < operations.size(); operation++) {
      int at = operation;
      row(
          operation,
          IntStream.range(0, kernel.states())
              .mapToObj(node ->
                  kernel.next(node, at) == Behaviour.DISABLED
                      ? "<<>>"
                      : sources(kernel.move(node, at)))
              .collect(Collectors.joining(", ")));
    }
    text.append(">>\n");
  }

  /** A table of numbers: for an operation what stands at a node. */
  private interface Column {
    IntUnaryOperator of(int operation);
  }

  private void table(String name, Behaviour kernel, Column column) {
    text.append(name).append(" == <<\n");
    for (int operation = 0; operation < operations.size(); operation++) {
      row(
          operation,
          IntStream.range(0, kernel.states())
              .map(column.of(operation))
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(", ")));
    }
    text.append(">>\n");
  }

  private void row(int operation, String cells) {
    boolean last = operation == operations.size() - 1;
    text.append("  <<").append(cells).append(">>").append(last ? "" : ",").append('\n');
  }

  private static String sources(String move) {
    return move.chars().mapToObj(Integer::toString).collect(Collectors.joining(", ", "<<", ">>"));
  }
}
