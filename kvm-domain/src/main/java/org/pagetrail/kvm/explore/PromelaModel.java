package org.pagetrail.kvm.explore;

import java.util.List;

/** The search of a pair as a Promela model for SPIN, made from the tables; see {@link Model}. */
final class PromelaModel {
  private static final int NOWHERE = 255;
  private static final int FRESH = 200;

  private final Behaviour left;
  private final Behaviour right;
  private final List<Operation> operations;
  private final StringBuilder text = new StringBuilder();

  private PromelaModel(Behaviour left, Behaviour right, List<Operation> operations) {
    this.left = left;
    this.right = right;
    this.operations = operations;
  }

  /**
   * The model.
   *
   * @param start the start, which both kernels accept
   * @throws IllegalArgumentException if a state has too many values
   */
  static String of(Behaviour left, Behaviour right, List<Operation> operations, int start) {
    return new PromelaModel(left, right, operations).make(start);
  }

  private String make(int start) {
    int values = Math.max(1, Math.max(left.valuesMax(), right.valuesMax()));
    if (values >= FRESH) {
      throw new IllegalArgumentException(values + " values in a state");
    }
    line("/* ", left.model(), " and ", right.model(), " */");
    line("#define VALUES ", values);
    line("#define NOWHERE ", NOWHERE);
    line("short l = ", left.start(start), ", r = ", right.start(start), ";");
    line("byte same[VALUES] = NOWHERE;");
    line("hidden short i, j, c, nl, nr, kl, kr;");
    line("hidden byte sl[VALUES], sr[VALUES], next[VALUES];");
    line("");
    line("inline relate() {");
    line("  i = 0;");
    line("  do");
    line("  :: i < VALUES ->");
    line("     next[i] = NOWHERE;");
    line("     if");
    line("     :: i < kl ->");
    line("        if :: sl[i] >= ", FRESH, " -> c = sl[i] :: else -> c = same[sl[i]] fi;");
    line("        j = 0;");
    line("        do");
    line("        :: j < kr ->");
    line("           if :: (c != NOWHERE && sr[j] == c) -> next[i] = j :: else fi;");
    line("           j++");
    line("        :: else -> break");
    line("        od");
    line("     :: else");
    line("     fi;");
    line("     i++");
    line("  :: else -> break");
    line("  od;");
    line("  i = 0;");
    line("  do :: i < VALUES -> same[i] = next[i]; i++ :: else -> break od;");
    line("  l = nl; r = nr");
    line("}");
    line("");
    line("active proctype machine() {");
    line("  do");
    for (int operation = 0; operation < operations.size(); operation++) {
      operation(operation);
    }
    line("  od");
    line("}");
    return text.toString();
  }

  private void operation(int operation) {
    line("  :: d_step { /* ", operations.get(operation).words(), " */");
    text.append("     (true");
    for (int node = 0; node < left.states(); node++) {
      if (left.next(node, operation) == Behaviour.DISABLED) {
        text.append(" && l != ").append(node);
      }
    }
    for (int node = 0; node < right.states(); node++) {
      if (right.next(node, operation) == Behaviour.DISABLED) {
        text.append(" && r != ").append(node);
      }
    }
    line(") ->");
    rows(left, operation, "l");
    rows(right, operation, "r");
    line("     relate()");
    line("     }");
  }

  private void rows(Behaviour side, int operation, String name) {
    line("     if");
    for (int node = 0; node < side.states(); node++) {
      if (side.next(node, operation) != Behaviour.DISABLED) {
        text.append("     :: ").append(name).append(" == ").append(node);
        text.append(" -> n").append(name).append(" = ").append(side.next(node, operation));
        String sources = side.move(node, operation);
        text.append("; k").append(name).append(" = ").append(sources.length());
        for (int i = 0; i < sources.length(); i++) {
          int source = sources.charAt(i);
          text.append("; s").append(name).append('[').append(i).append("] = ");
          text.append(source < Values.FRESH ? source : FRESH + source - Values.FRESH);
        }
        line("");
      }
    }
    line("     fi;");
  }

  private void line(Object... parts) {
    for (Object part : parts) {
      text.append(part);
    }
    text.append('\n');
  }
}
