package org.pagetrail.traceimport.run;

import java.util.List;
import java.util.regex.Pattern;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.CaptureReader;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.Line;

/**
 * Reads the guest's console, which tells nothing about pages, and so only has its lines counted.
 */
public final class ConsoleReader implements CaptureReader {
  /** What edk2, SeaBIOS and Linux say first, or a screen that is cleared. */
  private static final Pattern SAID_BY_GUESTS =
      Pattern.compile(
          "^UEFI firmware \\(version|BdsDxe: |UEFI Interactive Shell|^SeaBIOS \\(version"
              + "|^\\[ +0\\.000000\\] |\u001b\\[2J");

  @Override
  public String format() {
    return "console";
  }

  @Override
  public boolean recognises(String name, List<String> head) {
    return head.stream().anyMatch(line -> SAID_BY_GUESTS.matcher(line).find());
  }

  @Override
  public void read(InputLines lines, Capture capture) {
    Line line = lines.next();
    while (line != null) {
      line = lines.next();
    }
  }
}
