package org.pagetrail.traceimport.run;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.CaptureReader;
import org.pagetrail.traceimport.capture.Fact;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.Line;

/**
 * Reads how the recorder says that the run ended: {@code reached=shell}, {@code reached=timeout}.
 */
public final class OutcomeReader implements CaptureReader {
  private static final Pattern REACHED = Pattern.compile("(?:^|.* )reached=(?<what>\\S{1,60}).*");

  @Override
  public String format() {
    return "outcome";
  }

  @Override
  public boolean recognises(String name, List<String> head) {
    return head.size() == 1 && REACHED.matcher(head.getFirst()).matches();
  }

  @Override
  public void read(InputLines lines, Capture capture) {
    for (Line line = lines.next(); line != null; line = lines.next()) {
      Matcher match = REACHED.matcher(line.text());
      if (match.matches()) {
        capture.outcome(new Fact(lines.source(line), match.group("what")));
      } else {
        lines.notUnderstood(line, "text");
      }
    }
  }
}
