package org.pagetrail.app.text;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.traceimport.ImportReport;
import org.pagetrail.traceimport.ImportReport.InputReport;
import org.pagetrail.traceimport.input.Misunderstood.Tally;

/** What an import read and what it did not understand. */
public final class ImportText {
  private ImportText() {}

  /** The report of an import into {@code output}. */
  public static String of(ImportReport report, Path output) {
    StringBuilder text = new StringBuilder(read(report, output));
    for (String missing : report.missing()) {
      text.append("absent: ").append(Printable.of(missing)).append('\n');
    }
    return text.append(warnings(report)).toString();
  }

  /** What the importer wants its user to know. */
  static String warnings(ImportReport report) {
    StringBuilder text = new StringBuilder();
    for (String warning : report.warnings()) {
      text.append(Columns.wrapped("warning: " + Printable.of(warning), "", "  "));
    }
    return text.toString();
  }

  /** What the inputs gave and which of their lines gave nothing. */
  static String read(ImportReport report, Path output) {
    StringBuilder text = new StringBuilder();
    Columns inputs = new Columns("  ").row("input", "format", "lines", "events");
    for (InputReport input : report.inputs()) {
      inputs.row(Printable.of(input.input()), input.format(), input.lines(), input.events());
    }
    text.append(Printable.of(output.toString()))
        .append(": ")
        .append(report.events())
        .append(" events\n\n")
        .append(inputs.text());
    text.append('\n').append(notUnderstood(report)).append(unused(report));
    return text.toString();
  }

  private static String notUnderstood(ImportReport report) {
    String kinds = kinds(report, InputReport::notUnderstood);
    return kinds.isEmpty()
        ? "every line understood\n"
        : "lines that no reader understood:\n" + kinds;
  }

  private static String unused(ImportReport report) {
    String kinds = kinds(report, InputReport::unused);
    return kinds.isEmpty() ? "" : "lines that are known and not used:\n" + kinds;
  }

  private static String kinds(
      ImportReport report, Function<InputReport, Map<String, Tally>> which) {
    Columns kinds = new Columns("  ").row("input", "kind", "lines", "first at");
    boolean any = false;
    for (InputReport input : report.inputs()) {
      for (Map.Entry<String, Tally> kind : which.apply(input).entrySet()) {
        any = true;
        kinds.row(
            Printable.of(input.input()),
            Printable.of(kind.getKey()),
            kind.getValue().count(),
            kind.getValue().firstLine());
      }
    }
    return any ? kinds.text() : "";
  }
}
