package org.pagetrail.kvm.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.conform.Player;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.model.KernelModel;

/**
 * The slow way: every sequence of operations from every start, each played from the beginning
 * through the deciders of both kernels, without keys, tables or named values.
 */
final class EveryRun {
  private final RecordedHost host;
  private final List<Operation> operations;
  private final Map<Kind, Integer> shortest = new LinkedHashMap<>();

  EveryRun(RecordedHost host, List<Operation> operations) {
    this.host = host;
    this.operations = operations;
  }

  /** The kinds of difference, and how long the shortest run of each is. */
  Map<Kind, Integer> compare(KernelModel left, KernelModel right, List<Start> starts, int depth) {
    for (int length = 1; length <= depth; length++) {
      for (Start start : starts) {
        runs(left, right, start, new ArrayList<>(), length);
      }
    }
    return shortest;
  }

  private void runs(
      KernelModel left, KernelModel right, Start start, List<Operation> run, int length) {
    if (run.size() == length) {
      compare(last(left, start, run), last(right, start, run), run.getLast(), length);
      return;
    }
    for (Operation operation : operations) {
      run.add(operation);
      runs(left, right, start, run, length);
      run.removeLast();
    }
  }

  private Step last(KernelModel model, Start start, List<Operation> run) {
    Player first = new Player(model, host, start.line(""));
    first.setUp();
    Step step = null;
    KvmState state = first.state();
    for (int i = 0; i < run.size(); i++) {
      Player player = new Player(model, host, start.line(""), state, i + 1, decision -> {});
      step = Step.play(player, Watch.NONE, run.get(i));
      state = step.state();
    }
    if (step == null) {
      throw new IllegalArgumentException("an empty run");
    }
    return step;
  }

  private void compare(Step left, Step right, Operation operation, int length) {
    String what = operation.family();
    if (!left.word().equals(right.word())) {
      note(new Kind(Kind.Sort.OUTCOME, what, left.word(), right.word()), length);
    } else if (left.loads() && !Objects.equals(left.value(), right.value())) {
      note(new Kind(Kind.Sort.VALUE, what, word(left), word(right)), length);
    }
  }

  private static String word(Step step) {
    Long value = step.value();
    return value == null
        ? "what was there before"
        : value == 0 ? "zeros" : Values.isWritten(value) ? "a value of this run" : "a constant";
  }

  private void note(Kind kind, int length) {
    shortest.putIfAbsent(kind, length);
  }
}
