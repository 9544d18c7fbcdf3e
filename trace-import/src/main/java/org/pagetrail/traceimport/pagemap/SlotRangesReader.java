package org.pagetrail.traceimport.pagemap;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.CaptureReader;
import org.pagetrail.traceimport.capture.SlotRange;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.Line;

/** Reads lines of guest address, size and host address of a slot. */
public final class SlotRangesReader implements CaptureReader {
  private static final String NUMBER = "(0x[0-9a-f]{1,16})";
  private static final Pattern RANGE = Pattern.compile(NUMBER + " " + NUMBER + " " + NUMBER);

  @Override
  public String format() {
    return "slot-ranges";
  }

  @Override
  public boolean recognises(String name, List<String> head) {
    return !head.isEmpty() && RANGE.matcher(head.getFirst()).matches();
  }

  @Override
  public void read(InputLines lines, Capture capture) {
    for (Line line = lines.next(); line != null; line = lines.next()) {
      Matcher match = RANGE.matcher(line.text());
      try {
        if (match.matches()) {
          capture
              .slotRanges()
              .add(
                  new SlotRange(
                      Gpa.parse(match.group(1)),
                      ByteSize.parse(match.group(2)),
                      Hva.parse(match.group(3))));
        } else {
          lines.notUnderstood(line, "no slot range");
        }
      } catch (ArithmeticException e) {
        lines.notUnderstood(line, "size out of range");
      }
    }
  }
}
