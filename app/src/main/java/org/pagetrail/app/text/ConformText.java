package org.pagetrail.app.text;

import java.util.List;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.kvm.conform.StepResult;
import org.pagetrail.kvm.conform.Tally;

/** What a comparison of steps came to. */
public final class ConformText {
  private static final int LISTED_MAX = 200;

  private ConformText() {}

  /**
   * One line for what was compared, one paragraph for each step that differs.
   *
   * @param compared a file, or the device of the running kernel
   * @param kernel the kernel of the model
   */
  public static String of(
      String compared, String kernel, Tally tally, List<StepResult> mismatches) {
    StringBuilder text = new StringBuilder();
    text.append(Printable.of(compared)).append("  ").append(kernel).append("  ").append(tally);
    text.append('\n');
    mismatches.stream()
        .limit(LISTED_MAX)
        .forEach(step -> text.append(Columns.wrapped(of(step), "  ", "      ")));
    if (mismatches.size() > LISTED_MAX) {
      text.append("  ... and ").append(mismatches.size() - LISTED_MAX).append(" more\n");
    }
    return text.toString();
  }

  /** The last line of every comparison. */
  public static String total(Tally all) {
    return all.matched() + " of " + all.total() + " steps match\n";
  }

  private static String of(StepResult step) {
    return Printable.of(step.scenario())
        + " step "
        + step.step()
        + ": expected "
        + Printable.of(step.expected())
        + ", got "
        + Printable.of(step.got())
        + (step.rule().isEmpty() ? "" : ", by " + step.rule())
        + (step.isNoise() ? " (counted apart: " + step.noise() + ")" : "");
  }
}
