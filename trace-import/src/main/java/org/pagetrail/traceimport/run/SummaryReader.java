package org.pagetrail.traceimport.run;

import java.util.List;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.CaptureReader;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.Line;

/**
 * Knows the summary that the recorder makes of a run: counts of what the other files hold line by
 * line, so that nothing of it is used.
 */
public final class SummaryReader implements CaptureReader {
  private static final String COUNTS = "counts of what the other files hold";

  @Override
  public String format() {
    return "run-summary";
  }

  @Override
  public boolean isUsed() {
    return false;
  }

  @Override
  public boolean recognises(String name, List<String> head) {
    return !head.isEmpty()
        && head.getFirst().strip().equals("{")
        && head.stream().anyMatch(line -> line.strip().startsWith("\"run\": "))
        && head.stream().anyMatch(line -> line.strip().startsWith("\"trace_events\": "));
  }

  @Override
  public void read(InputLines lines, Capture capture) {
    for (Line line = lines.next(); line != null; line = lines.next()) {
      lines.notUsed(line, COUNTS);
    }
  }
}
