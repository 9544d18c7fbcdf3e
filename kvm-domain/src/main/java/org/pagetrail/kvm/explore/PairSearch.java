package org.pagetrail.kvm.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.pagetrail.kvm.explore.Kind.Sort;
import org.pagetrail.kvm.explore.Outcomes.Outcome;

/**
 * Searches the pairs of states that the same run leads two kernels to, breadth first, so that the
 * first run that shows a kind of difference is a shortest one; among those it is the first by start
 * and operations. A run goes on behind a difference: some kinds only show there.
 */
final class PairSearch {
  private final Behaviour left;
  private final Behaviour right;
  private final List<Start> starts;
  private final Atlas atlas;
  private final List<Operation> operations;
  private final Outcomes outcomes;
  private final Relations relations = new Relations();
  private final Pairs pairs = new Pairs();
  private final Map<Kind, Witness> witnesses = new LinkedHashMap<>();
  private int[] graph = new int[0];
  private long transitions;
  private long open;

  PairSearch(Behaviour left, Behaviour right, List<Start> starts, Atlas atlas, Outcomes outcomes) {
    this.left = left;
    this.right = right;
    this.starts = starts;
    this.atlas = atlas;
    this.operations = atlas.operations();
    this.outcomes = outcomes;
  }

  /**
   * Searches all runs of up to {@code depth} operations.
   *
   * @param statesMax how many states of one kernel, or pairs of them, may be held; when there are
   *     more, the search ends after the runs of the present length
   */
  Exploration search(int depth, long statesMax) {
    long playedBefore = atlas.played();
    for (int start = 0; start < starts.size(); start++) {
      begin(start);
    }
    int from = 0;
    int level = 0;
    while (level < depth && from < pairs.size() && !isTooLarge(statesMax)) {
      deepen(left, level + 1);
      deepen(right, level + 1);
      int end = pairs.size();
      graph = Arrays.copyOf(graph, Math.multiplyExact(end, operations.size()));
      for (int pair = from; pair < end; pair++) {
        expand(pair);
      }
      from = end;
      level++;
    }
    return new Exploration(
        starts.size(),
        operations.size(),
        level,
        depth,
        from == pairs.size(),
        pairs.size(),
        transitions,
        atlas.played() - playedBefore,
        open,
        new ArrayList<>(witnesses.values()));
  }

  /** Makes the rows that runs of so many operations need. */
  static void deepen(Behaviour side, int depth) {
    while (side.depth() < depth && !side.isClosed()) {
      side.deepen();
    }
  }

  /** For each pair searched and each operation the number of the next pair, or negative. */
  int[] graph() {
    return graph.clone();
  }

  private boolean isTooLarge(long statesMax) {
    return Math.max(pairs.size(), Math.max(left.states(), right.states())) > statesMax;
  }

  private void begin(int start) {
    int leftNode = left.start(start);
    int rightNode = right.start(start);
    if (leftNode != Behaviour.DISABLED && rightNode != Behaviour.DISABLED) {
      pairs.add(leftNode, rightNode, Relations.EMPTY, -1 - start, 0);
    } else if (leftNode != rightNode) {
      Kind kind =
          new Kind(
              Sort.SLOT,
              "slot created",
              leftNode == Behaviour.DISABLED ? "refused" : "ok",
              rightNode == Behaviour.DISABLED ? "refused" : "ok");
      witnesses.putIfAbsent(kind, new Witness(kind, starts.get(start), ""));
    }
  }

  private void expand(int pair) {
    int leftNode = pairs.left(pair);
    int rightNode = pairs.right(pair);
    int relation = pairs.relation(pair);
    for (int operation = 0; operation < operations.size(); operation++) {
      int leftNext = left.next(leftNode, operation);
      int rightNext = right.next(rightNode, operation);
      if (leftNext == Behaviour.DISABLED || rightNext == Behaviour.DISABLED) {
        graph[pair * operations.size() + operation] = Behaviour.DISABLED;
        continue;
      }
      transitions++;
      compare(pair, operation, leftNode, rightNode, relation);
      int next =
          relations.after(
              relation, left.move(leftNode, operation), right.move(rightNode, operation));
      graph[pair * operations.size() + operation] =
          pairs.add(leftNext, rightNext, next, pair, operation);
    }
  }

  private void compare(int pair, int operation, int leftNode, int rightNode, int relation) {
    int leftSeen = left.seen(leftNode, operation);
    int rightSeen = right.seen(rightNode, operation);
    int leftValue = left.loaded(leftNode, operation);
    int rightValue = right.loaded(rightNode, operation);
    boolean sameValue = relations.same(relation, leftValue, rightValue);
    if (leftSeen == rightSeen && sameValue) {
      return;
    }
    Outcome one = outcomes.get(leftSeen);
    Outcome other = outcomes.get(rightSeen);
    if (one.isOpen() || other.isOpen()) {
      open++;
      return;
    }
    String what = operations.get(operation).family();
    if (!one.word().equals(other.word())) {
      note(new Kind(Sort.OUTCOME, what, one.word(), other.word()), pair, operation);
    } else if (!sameValue) {
      note(
          new Kind(Sort.VALUE, what, Values.word(leftValue), Values.word(rightValue)),
          pair,
          operation);
    }
    for (String finding : new TreeSet<>(one.found())) {
      if (!other.found().contains(finding)) {
        note(new Kind(Sort.FINDING, finding, "found", "-"), pair, operation);
      }
    }
    for (String finding : new TreeSet<>(other.found())) {
      if (!one.found().contains(finding)) {
        note(new Kind(Sort.FINDING, finding, "-", "found"), pair, operation);
      }
    }
  }

  private void note(Kind kind, int pair, int operation) {
    if (!witnesses.containsKey(kind)) {
      StringBuilder run = new StringBuilder().append(operations.get(operation).letter());
      int at = pair;
      while (pairs.parent(at) >= 0) {
        run.append(operations.get(pairs.operation(at)).letter());
        at = pairs.parent(at);
      }
      Start start = starts.get(-1 - pairs.parent(at));
      witnesses.put(kind, new Witness(kind, start, run.reverse().toString()));
    }
  }
}
