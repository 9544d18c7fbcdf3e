package org.pagetrail.app.fix;

import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.Trouble;

/**
 * Where a stated fix is written: every error points at its place.
 *
 * @param origin the option or the file
 * @param text all of it, comments as blanks
 */
record FixText(String origin, String text) {
  /** How much of a line is shown around an error. */
  private static final int SHOWN_MAX = 72;

  private static final int INDENT = 4;

  /** Takes comments out: from {@code //} to the end of a line. */
  static FixText of(String origin, String written) {
    StringBuilder text = new StringBuilder(written.length());
    boolean comment = false;
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      boolean lineEnd = c == '\n' || c == '\r';
      comment = !lineEnd && (comment || written.startsWith("//", i));
      boolean blank = comment || Character.isISOControl(c);
      text.append(lineEnd ? c : blank ? ' ' : c);
    }
    return new FixText(origin, text.toString());
  }

  /**
   * The error at a place.
   *
   * @param offset of the place in the text
   * @param what what is wrong there
   * @param remedy what to write instead
   */
  Trouble at(int offset, String what, String remedy) {
    int place = Math.clamp(offset, 0, text.length());
    int start = Math.max(text.lastIndexOf('\n', place - 1), text.lastIndexOf('\r', place - 1)) + 1;
    int end = start;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    long line = text.substring(0, start).chars().filter(c -> c == '\n').count() + 1;
    String where = text.contains("\n") ? origin + ":" + line : origin;
    int from = Math.max(start, Math.min(place - SHOWN_MAX / 2, end - SHOWN_MAX));
    String shown = text.substring(from, Math.min(end, from + SHOWN_MAX)).replace('\t', ' ');
    String before = Printable.of(shown.substring(0, Math.min(place - from, shown.length())));
    String caret = " ".repeat(before.codePointCount(0, before.length())) + "^";
    String indent = " ".repeat(INDENT);
    return new Trouble(
        Printable.of(where)
            + ": "
            + what
            + "\n"
            + indent
            + Printable.of(shown).stripTrailing()
            + "\n"
            + indent
            + caret,
        remedy);
  }
}
