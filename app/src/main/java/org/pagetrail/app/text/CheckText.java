package org.pagetrail.app.text;

import java.util.List;
import java.util.stream.Collectors;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.text.CheckReport.Row;
import org.pagetrail.simulation.check.Miss;
import org.pagetrail.simulation.check.Separation;
import org.pagetrail.simulation.check.Separation.RuleLine;

/** A check as text of 80 columns. */
public final class CheckText {
  private static final int ROWS_MAX = 8;
  private static final int KERNELS_MAX = 6;
  private static final int MISSES_MAX = 5;

  private CheckText() {}

  /** The named kernel, the ranking, and what separates the best from the next. */
  public static String of(CheckReport report) {
    StringBuilder text = new StringBuilder();
    long all = report.decisions().values().stream().mapToLong(Long::longValue).sum();
    text.append(
        Columns.wrapped(
            "recorded  "
                + all
                + " decisions: "
                + report.decisions().entrySet().stream()
                    .map(kind -> kind.getValue() + " " + kind.getKey())
                    .collect(Collectors.joining(", ")),
            "",
            "          "));
    named(report, text);
    text.append('\n');
    ranking(report, text);
    Separation separation = report.separation();
    if (separation != null) {
      text.append('\n');
      separation(report, separation, text);
    }
    if (!report.bestRules().isEmpty()) {
      String best = report.ranking().getFirst().kernels().getFirst();
      boolean apart = !report.ranking().getFirst().kernels().contains(releaseOf(best));
      text.append('\n')
          .append(
              Columns.wrapped(
                  "rules of "
                      + best
                      + " that its release does not have"
                      + (apart ? "" : "; nothing in this trail tells the two apart"),
                  "",
                  "  "));
      report.bestRules().forEach(rule -> text.append(of(rule)));
    }
    return text.toString();
  }

  private static String releaseOf(String kernel) {
    int fixes = kernel.indexOf(" + ");
    return fixes < 0 ? kernel : kernel.substring(0, fixes);
  }

  private static void named(CheckReport report, StringBuilder text) {
    Row checked = report.checked();
    String name = report.named();
    if (name != null) {
      text.append(Columns.wrapped("named     " + Printable.of(name), "", "          "));
    }
    if (report.note() != null) {
      text.append(Columns.wrapped(Printable.of(report.note()), "          ", "          "));
    }
    if (checked == null) {
      return;
    }
    String verdict =
        checked.unexplained() == 0
            ? "explains all of them"
            : "leaves " + checked.unexplained() + " unexplained";
    text.append(
        Columns.wrapped(
            verdict
                + " ("
                + checked.explained()
                + " comparisons agree, exits that did not happen among them"
                + (checked.unknown() == 0
                    ? ")"
                    : ", " + checked.unknown() + " that the model does not know)"),
            "          ",
            "          "));
    misses(checked.misses(), checked.unexplained(), text);
  }

  private static void misses(List<Miss> misses, long count, StringBuilder text) {
    misses.stream().limit(MISSES_MAX).forEach(miss -> text.append(of(miss)));
    if (count > MISSES_MAX) {
      text.append("            ... and ").append(count - MISSES_MAX).append(" more\n");
    }
  }

  private static String of(Miss miss) {
    return Columns.wrapped(
        place(miss)
            + ": recorded "
            + miss.recorded()
            + "; model "
            + miss.derived()
            + (miss.rule().isEmpty() ? "" : " [rule " + miss.rule() + "]"),
        "            ",
        "              ");
  }

  private static String place(Miss miss) {
    return "event "
        + miss.seq()
        + (miss.source() == null ? "" : ", " + Printable.of(miss.source().toString()))
        + ", "
        + miss.stimulus();
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static void ranking(CheckReport report, StringBuilder text) {
    text.append(
        Columns.wrapped(
            counted(report.tried(), "kernel")
                + " tried in "
                + counted(report.replays(), "replay")
                + ". Kernels on one line are not told apart by this trail; those with a +"
                + " were stopped there.",
            "",
            ""));
    text.append("rank  unexplained  kernels\n");
    report.ranking().stream().limit(ROWS_MAX).forEach(row -> text.append(of(row)));
    if (report.ranking().size() > ROWS_MAX) {
      int more = report.ranking().size() - ROWS_MAX;
      text.append("      ... and ").append(more).append(" more lines, in --json\n");
    }
  }

  private static String of(Row row) {
    String unexplained = row.unexplained() + (row.stoppedAt() < 0 ? " " : "+");
    String kernels = row.kernels().stream().limit(KERNELS_MAX).collect(Collectors.joining("; "));
    int more = row.kernels().size() - KERNELS_MAX;
    return Columns.wrapped(
        kernels + (more > 0 ? "; and " + more + " more" : ""),
        pad(Integer.toString(row.rank()), 4) + "  " + pad(unexplained, 11) + "  ",
        " ".repeat(19));
  }

  private static String pad(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  private static void separation(CheckReport report, Separation separation, StringBuilder text) {
    Miss miss = separation.miss();
    String best = report.ranking().get(0).kernels().getFirst();
    String next = report.ranking().get(1).kernels().getFirst();
    text.append("what separates the best from the next\n");
    text.append(Columns.wrapped(place(miss), "  ", "    "));
    text.append(Columns.wrapped("recorded: " + miss.recorded(), "  ", "    "));
    boolean ofNext = report.ranking().get(1).misses().contains(miss);
    String other = miss.derived() + rule(miss.rule());
    String own = separation.bestDecides() + rule(separation.bestRule());
    text.append(Columns.wrapped(best + ": " + own, "  ", "    "));
    if (ofNext) {
      text.append(Columns.wrapped(next + ": " + other, "  ", "    "));
    }
    text.append("  they differ, in what this trail asks, by\n");
    separation
        .ownRules()
        .forEach(r -> text.append(Columns.wrapped(best + ": " + r.rule(), "    ", "      ")));
    separation
        .otherRules()
        .forEach(r -> text.append(Columns.wrapped(next + ": " + r.rule(), "    ", "      ")));
  }

  private static String rule(String rule) {
    return rule.isEmpty() ? "" : " [rule " + rule + "]";
  }

  private static String of(RuleLine rule) {
    return Columns.wrapped(
        rule.rule() + ": " + rule.sentence() + " [" + rule.source() + "]", "  ", "    ");
  }
}
