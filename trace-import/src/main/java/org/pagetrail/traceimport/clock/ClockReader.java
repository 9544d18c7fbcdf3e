package org.pagetrail.traceimport.clock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.CaptureReader;
import org.pagetrail.traceimport.capture.ClockSample;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.JsonLines;
import org.pagetrail.traceimport.input.Line;

/** Reads samples that took the realtime clock between two readings of the monotonic one. */
public final class ClockReader implements CaptureReader {
  private static final String BEFORE = "mono_before";
  private static final String REALTIME = "realtime";
  private static final String AFTER = "mono_after";

  @Override
  public String format() {
    return "clock-samples";
  }

  @Override
  public boolean recognises(String name, List<String> head) {
    return JsonLines.anyHas(head, BEFORE, REALTIME, AFTER);
  }

  @Override
  public void read(InputLines lines, Capture capture) {
    for (Line line = lines.next(); line != null; line = lines.next()) {
      JsonNode object = JsonLines.object(line.text());
      if (object == null) {
        lines.notUnderstood(line, "not a JSON object");
        continue;
      }
      try {
        long before = JsonLines.nanos(object, BEFORE);
        long after = JsonLines.nanos(object, AFTER);
        long width = Math.subtractExact(after, before);
        if (width < 0) {
          lines.notUnderstood(line, "clock running backwards");
          continue;
        }
        long middle = before + width / 2;
        long offset = Math.subtractExact(JsonLines.nanos(object, REALTIME), middle);
        capture.clockSamples().add(new ClockSample(lines.source(line), offset, (width + 1) / 2));
      } catch (IllegalArgumentException | ArithmeticException e) {
        lines.notUnderstood(line, "no clock sample");
      }
    }
  }
}
