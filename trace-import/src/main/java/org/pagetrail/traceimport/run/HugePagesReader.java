package org.pagetrail.traceimport.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.Capture.HugePages;
import org.pagetrail.traceimport.capture.CaptureReader;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.Line;

/**
 * Reads the mode of transparent huge pages as the kernel prints it; then lines with the use of the
 * huge zero page and, on a kernel that has it, the switch of its device rule.
 */
public final class HugePagesReader implements CaptureReader {
  private static final Set<String> MODES = Set.of("always", "madvise", "never");

  @Override
  public String format() {
    return "huge-pages";
  }

  @Override
  public boolean recognises(String name, List<String> head) {
    return !head.isEmpty() && mode(head.getFirst()) != null;
  }

  @Override
  public void read(InputLines lines, Capture capture) {
    List<Line> all = new ArrayList<>();
    for (Line line = lines.next(); line != null; line = lines.next()) {
      if (all.size() < 3) {
        all.add(line);
      } else {
        lines.notUnderstood(line, "text");
      }
    }
    String mode = all.isEmpty() ? null : mode(all.getFirst().text());
    if (mode != null) {
      String ruleSwitch = all.size() > 2 ? all.get(2).text().strip() : null;
      capture.hugePages(new HugePages(lines.source(all.getFirst()), mode, ruleSwitch));
    }
  }

  /** The word in brackets, if the line consists of the modes alone. */
  private static @Nullable String mode(String line) {
    String chosen = null;
    for (String word : line.split(" ", MODES.size() + 1)) {
      boolean bracketed = word.startsWith("[") && word.endsWith("]") && word.length() > 1;
      String mode = bracketed ? word.substring(1, word.length() - 1) : word;
      if (!MODES.contains(mode)) {
        return null;
      }
      chosen = bracketed ? mode : chosen;
    }
    return chosen;
  }
}
