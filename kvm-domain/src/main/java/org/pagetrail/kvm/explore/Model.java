package org.pagetrail.kvm.explore;

import java.util.List;

/**
 * The search of a pair from one start as other model checkers read it. What stands in it is which
 * state each operation leads to under each kernel, and where the values of that state come from,
 * read off the tables that the deciders filled; the checker combines the two sides and follows the
 * values in its own language, and must reach as many states by as many transitions.
 */
public final class Model {
  private final Behaviour left;
  private final Behaviour right;
  private final List<Operation> operations;
  private final int start;

  /**
   * A model.
   *
   * @throws IllegalArgumentException if a table is not closed, or a kernel refuses the slot
   */
  Model(Behaviour left, Behaviour right, List<Operation> operations, int start) {
    if (!left.isClosed() || !right.isClosed()) {
      throw new IllegalArgumentException("longer runs reach more states");
    }
    if (left.start(start) == Behaviour.DISABLED || right.start(start) == Behaviour.DISABLED) {
      throw new IllegalArgumentException("a kernel refuses the slot");
    }
    this.left = left;
    this.right = right;
    this.operations = List.copyOf(operations);
    this.start = start;
  }

  /** In Promela, for SPIN. */
  public String promela() {
    return PromelaModel.of(left, right, operations, start);
  }

  /**
   * In TLA+, for TLC: a module with {@code Spec} and nothing to check but deadlock.
   *
   * @param name the module's name, which its file has too
   */
  public String tla(String name) {
    return TlaModule.of(name, left, right, operations, start);
  }
}
