package org.pagetrail.kvm.conform;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.model.KernelModel;

/** Plays the scenarios of tables under one kernel and compares. */
public final class Conformance {
  private static final String NO_STEP = "(no step)";

  private final KernelModel model;
  private final KvmState start;

  /**
   * Compares under a kernel.
   *
   * @param start a state without mappings and slots, set up as the recorded host was
   */
  public Conformance(KernelModel model, KvmState start) {
    this.model = model;
    this.start = start;
  }

  /**
   * Compares one line of a table, step by step.
   *
   * @throws IllegalArgumentException if it is no line of a table; the message says why
   */
  public List<StepResult> compare(String line) {
    return compare(TableLine.parse(line));
  }

  /** Compares one line of a table, step by step. */
  public List<StepResult> compare(TableLine line) {
    Player player = new Player(model, start, line);
    List<String> got = new ArrayList<>();
    List<String> rules = new ArrayList<>();
    String failure = player.setUp();
    if (failure.isEmpty()) {
      for (char operation : line.sequence().toCharArray()) {
        got.add(player.step(operation));
        rules.add(player.lastRule());
      }
    }
    String scenario = line.scenario();
    List<StepResult> results = new ArrayList<>();
    if (!failure.isEmpty() || !line.setupFailure().isEmpty()) {
      results.add(
          new StepResult(
              scenario, 0, line.setupFailure(), failure, player.lastRule(), Noise.reason(line)));
      return results;
    }
    for (int i = 0; i < Math.max(got.size(), line.steps().size()); i++) {
      results.add(
          new StepResult(
              scenario,
              i,
              i < line.steps().size() ? line.steps().get(i) : NO_STEP,
              i < got.size() ? got.get(i) : NO_STEP,
              i < rules.size() ? rules.get(i) : "",
              Noise.reason(line)));
    }
    return results;
  }
}
