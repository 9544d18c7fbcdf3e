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

  /** Compares one line of a table, step by step; what cannot be set up differs in every step. */
  public List<StepResult> compare(TableLine line) {
    Player player = new Player(model, host, line);
    String failure = player.setUp();
    String noise = Noise.reason(line, host.arch());
    boolean fails = !failure.isEmpty();
    List<StepResult> results = new ArrayList<>();
    if (line.steps().isEmpty()) {
      results.add(result(line, player, noise, 0, line.failure(), failure));
      return results;
    }
    String sequence = line.sequence();
    for (int i = 0; i < Math.max(sequence.length(), line.steps().size()); i++) {
      boolean ended = i >= line.steps().size();
      if (ended && !line.failure().isEmpty()) {
        break;
      }
      String got =
          fails ? failure : i < sequence.length() ? player.step(sequence.charAt(i)) : NO_STEP;
      results.add(result(line, player, noise, i, ended ? NO_STEP : line.steps().get(i), got));
    }
    if (!line.failure().isEmpty()) {
      results.add(result(line, player, noise, line.steps().size(), line.failure(), failure));
    }
    return results;
  }

  private static StepResult result(
      TableLine line, Player player, String noise, int step, String expected, String got) {
    return new StepResult(
        line.scenario(),
        step,
        player.telling(expected),
        got,
        player.lastRule(),
        player.decisions(),
        noise);
  }
}
