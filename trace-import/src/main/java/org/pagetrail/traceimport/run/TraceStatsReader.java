package org.pagetrail.traceimport.run;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.Capture.Dropped;
import org.pagetrail.traceimport.capture.CaptureReader;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.Line;

/** Reads the statistics of the kernel's trace buffers, for what they dropped. */
public final class TraceStatsReader implements CaptureReader {
  private static final Pattern ROW =
      Pattern.compile("(?<key>[a-z ]{2,30}): +(?<value>\\d{1,18})(?:\\.\\d+)?");
  private static final Set<String> LOSSES = Set.of("overrun", "commit overrun", "dropped events");

  @Override
  public String format() {
    return "trace-stats";
  }

  @Override
  public boolean recognises(String name, List<String> head) {
    return head.stream().anyMatch(line -> line.startsWith("overrun: "))
        && head.stream().anyMatch(line -> line.startsWith("entries: "));
  }

  @Override
  public void read(InputLines lines, Capture capture) {
    for (Line line = lines.next(); line != null; line = lines.next()) {
      Matcher row = ROW.matcher(line.text());
      if (!row.matches()) {
        lines.notUnderstood(line, "text");
      } else if (LOSSES.contains(row.group("key"))) {
        long count = Long.parseLong(row.group("value"));
        if (count != 0) {
          capture.dropped().add(new Dropped(lines.source(line), count));
        }
      }
    }
  }
}
