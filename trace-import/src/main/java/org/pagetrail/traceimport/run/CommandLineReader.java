package org.pagetrail.traceimport.run;

import java.util.List;
import java.util.regex.Pattern;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.CaptureReader;
import org.pagetrail.traceimport.capture.Fact;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.Line;

/** Reads the command that started QEMU. */
public final class CommandLineReader implements CaptureReader {
  private static final Pattern COMMAND =
      Pattern.compile("(?:\\S*/)?(?:qemu-system-\\w+|qemu-kvm|kvm)(?: .*)?");

  @Override
  public String format() {
    return "command-line";
  }

  @Override
  public boolean recognises(String name, List<String> head) {
    return !head.isEmpty() && COMMAND.matcher(head.getFirst()).matches();
  }

  @Override
  public void read(InputLines lines, Capture capture) {
    for (Line line = lines.next(); line != null; line = lines.next()) {
      if (capture.commandLine() == null) {
        capture.commandLine(new Fact(lines.source(line), line.text()));
      } else if (!line.text().isBlank()) {
        lines.notUnderstood(line, "second command line");
      }
    }
  }
}
