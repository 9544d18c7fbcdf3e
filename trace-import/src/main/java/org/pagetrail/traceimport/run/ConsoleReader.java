package org.pagetrail.traceimport.run;

import java.util.List;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.CaptureReader;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.Line;

/**
 * Reads the guest's console, which tells nothing about pages, and so only has its lines counted.
 */
public final class ConsoleReader implements CaptureReader {
  @Override
  public String format() {
    return "console";
  }

  @Override
  public boolean recognises(String name, List<String> head) {
    return name.contains("serial");
  }

  @Override
  public void read(InputLines lines, Capture capture) {
    Line line = lines.next();
    while (line != null) {
      line = lines.next();
    }
  }
}
