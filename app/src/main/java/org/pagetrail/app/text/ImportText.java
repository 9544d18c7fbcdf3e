package org.pagetrail.app.text;

import java.nio.file.Path;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.traceimport.Import;
import org.pagetrail.traceimport.ImportReport.InputReport;

/** What an import read and what it did not understand. */
public final class ImportText {
  private ImportText() {}

  /** The report of an import into {@code output}. */
  public static String of(Import capture, Path output) {
    StringBuilder text = new StringBuilder();
    Columns inputs = new Columns("  ").row("input", "format", "lines", "events");
    for (InputReport input : capture.report().inputs()) {
      inputs.row(Printable.of(input.input()), input.format(), input.lines(), input.events());
    }
    text.append(Printable.of(output.toString()))
        .append(": ")
        .append(capture.trail().size())
        .append(" events\n\n")
        .append(inputs.text());
    text.append('\n').append(notUnderstood(capture));
    for (String missing : capture.report().missing()) {
      text.append("absent: ").append(Printable.of(missing)).append('\n');
    }
    for (String warning : capture.report().warnings()) {
      text.append(Columns.wrapped("warning: " + Printable.of(warning), "", "  "));
    }
    return text.toString();
  }

  private static String notUnderstood(Import capture) {
    Columns kinds = new Columns("  ").row("input", "kind", "lines", "first at");
    boolean any = false;
    for (InputReport input : capture.report().inputs()) {
      for (var kind : input.notUnderstood().entrySet()) {
        any = true;
        kinds.row(
            Printable.of(input.input()),
            Printable.of(kind.getKey()),
            kind.getValue().count(),
            kind.getValue().firstLine());
      }
    }
    return any ? "lines that no reader understood:\n" + kinds.text() : "every line understood\n";
  }
}
