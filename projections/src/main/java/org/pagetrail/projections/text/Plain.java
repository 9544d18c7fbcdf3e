package org.pagetrail.projections.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.text.Escapes;

/** Text that is safe and narrow enough for a terminal. */
final class Plain {
  /** Columns of a line. */
  static final int COLUMNS = 80;

  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long NANOS_PER_MICRO = 1_000;

  private Plain() {}

  /** Names come from traces: control and format characters are shown, not obeyed. */
  static String escaped(String text) {
    return Escapes.of(text);
  }

  /** Breaks a text at blanks; a word longer than a line is broken inside. */
  static List<String> wrapped(String text, String firstIndent, String indent) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(firstIndent);
    boolean empty = true;
    for (String whole : escaped(text).split(" ", -1)) {
      String word = whole;
      if (!empty && line.length() + 1 + word.length() > COLUMNS) {
        lines.add(line.toString());
        line = new StringBuilder(indent);
        empty = true;
      }
      if (!empty) {
        line.append(' ');
      }
      while (line.length() + word.length() > COLUMNS) {
        int room = COLUMNS - line.length();
        lines.add(line + word.substring(0, room));
        word = word.substring(room);
        line = new StringBuilder(indent);
      }
      line.append(word);
      empty = false;
    }
    lines.add(line.toString());
    return lines;
  }

  /** Seconds with six digits after the point; empty without a time. */
  static String seconds(@Nullable Long nanos) {
    if (nanos == null) {
      return "";
    }
    String micros = Long.toString(Math.floorMod(nanos, NANOS_PER_SECOND) / NANOS_PER_MICRO);
    return Math.floorDiv(nanos, NANOS_PER_SECOND) + "." + "0".repeat(6 - micros.length()) + micros;
  }
}
