package org.pagetrail.app.text;

import java.nio.file.Path;
import java.util.Map;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.record.Recorded;

/** What a recording holds, and what it does not. */
public final class RecordText {
  private RecordText() {}

  /** The report of a recording into {@code output}. */
  public static String of(Recorded recorded, Path output) {
    StringBuilder text = new StringBuilder(ImportText.read(recorded.report(), output));
    text.append("ended: ").append(recorded.end()).append('\n');
    if (!recorded.kernelSources().isEmpty()) {
      text.append(Columns.wrapped("the kernel traced: " + recorded.kernelSources(), "", "  "));
    }
    if (recorded.lost() != 0) {
      text.append("lost: ").append(recorded.lost()).append(" events, where the trail says so\n");
    }
    for (Map.Entry<String, String> missing : recorded.missing().entrySet()) {
      text.append(
          Columns.wrapped(
              "missing: " + missing.getKey() + ": " + Printable.of(missing.getValue()), "", "  "));
    }
    return text.append(ImportText.warnings(recorded.report())).toString();
  }
}
