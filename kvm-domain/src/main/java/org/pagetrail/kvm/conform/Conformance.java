package org.pagetrail.kvm.conform;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.kvm.model.KernelModel;

/** Plays the scenarios of tables under one kernel and compares. */
public final class Conformance {
  private static final String NO_STEP = "(no step)";

  private final KernelModel model;
  private final RecordedHost host;

  /** Compares what {@code model} decides on {@code host} with what was recorded there. */
  public Conformance(KernelModel model, RecordedHost host) {
    this.model = model;
    this.host = host;
  }

  /**
   * Compares one line of a table, step by step.
   *
   * @throws IllegalArgumentException if it is no line of a table; the message says why
   */
  public List<StepResult> compare(String line) {
    return compare(TableLine.parse(line));
  }

  /**
   * Compares one line of a table, step by step.
   *
   * @throws IllegalArgumentException if the recording program has no such backing
   */
  public List<StepResult> compare(TableLine line) {
    Player player = new Player(model, host, line);
    String noise = Noise.reason(line, host.arch());
    String failure = player.setUp();
    if (!failure.isEmpty() || !line.setupFailure().isEmpty()) {
      return List.of(
          new StepResult(
              line.scenario(),
              0,
              line.setupFailure(),
              failure,
              player.lastRule(),
              player.decisions(),
              noise));
    }
    List<StepResult> results = new ArrayList<>();
    String sequence = line.sequence();
    for (int i = 0; i < Math.max(sequence.length(), line.steps().size()); i++) {
      String got = i < sequence.length() ? player.step(sequence.charAt(i)) : NO_STEP;
      String expected = i < line.steps().size() ? line.steps().get(i) : NO_STEP;
      results.add(
          new StepResult(
              line.scenario(), i, expected, got, player.lastRule(), player.decisions(), noise));
    }
    return results;
  }
}
