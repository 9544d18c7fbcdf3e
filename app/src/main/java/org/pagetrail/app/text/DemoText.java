package org.pagetrail.app.text;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.simulation.whatif.FaultComparison;

/** One run under several kernels, as a table. */
public final class DemoText {
  private DemoText() {}

  /**
   * One kernel.
   *
   * @param recorded true for the kernel that made the recording
   * @param outcome how the run ends in the closed loop
   * @param mapping how the page was first mapped, null if it never was
   * @param findings the kinds of findings
   * @param first the first recorded fault that this kernel handles otherwise, null if none
   */
  public record Row(
      List<String> fixes,
      boolean recorded,
      String outcome,
      @Nullable String mapping,
      List<String> findings,
      @Nullable Difference first) {
    /** Copies the lists. */
    public Row {
      fixes = List.copyOf(fixes);
      findings = List.copyOf(findings);
    }
  }

  /** A recorded fault and what the model makes of it. */
  public record Difference(
      long seq, String source, String gpa, String recorded, String derived, String rule) {
    /** Of a comparison. */
    public static Difference of(FaultComparison fault) {
      return new Difference(
          fault.recordedSeq(),
          fault.source() == null ? "" : fault.source().toString(),
          fault.gpa().toString(),
          fault.recorded().toString(),
          fault.derived().toString(),
          fault.rule());
    }
  }

  /** The table, then the details of each row. */
  public static String of(String capture, String recordedOutcome, Gpa page, List<Row> rows) {
    StringBuilder text = new StringBuilder();
    text.append("recording  ").append(capture).append(" (").append(recordedOutcome).append(")\n");
    text.append("stimuli    recorded up to the first access of the flash at ").append(page);
    text.append(";\n           from there on the firmware model runs on in the closed loop\n\n");
    Columns table = new Columns("").row("fixes", "outcome", "first mapping of " + page, "findings");
    for (Row row : rows) {
      table.row(
          name(row),
          row.outcome(),
          row.mapping() == null ? "-" : row.mapping(),
          row.findings().size());
    }
    text.append(table.text());
    for (Row row : rows) {
      text.append('\n').append(name(row)).append('\n');
      text.append(
          Columns.wrapped(
              "findings: "
                  + (row.findings().isEmpty() ? "none" : String.join(", ", row.findings())),
              "  ",
              "    "));
      text.append(Columns.wrapped(difference(row), "  ", "    "));
    }
    return text.toString();
  }

  private static String name(Row row) {
    String fixes = row.fixes().isEmpty() ? "none" : String.join(",", row.fixes());
    return fixes + (row.recorded() ? " (recorded)" : "");
  }

  private static String difference(Row row) {
    Difference first = row.first();
    return first == null
        ? "first event that differs from the recording: none"
        : "first event that differs from the recording: #"
            + first.seq()
            + ", "
            + Printable.of(first.source())
            + ", fault at "
            + first.gpa()
            + ": recorded "
            + first.recorded()
            + "; here "
            + first.derived()
            + " [rule "
            + first.rule()
            + "]";
  }
}
