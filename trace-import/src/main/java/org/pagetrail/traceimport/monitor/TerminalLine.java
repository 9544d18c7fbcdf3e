package org.pagetrail.traceimport.monitor;

/**
 * What a terminal shows for a line that was edited on it. QEMU's monitor echoes each key by moving
 * the cursor back and printing the command again.
 */
final class TerminalLine {
  private static final char ESCAPE = '\u001b';

  private final StringBuilder shown = new StringBuilder();
  private int cursor;

  private TerminalLine() {}

  /** The text that stays visible. */
  static String render(String raw) {
    if (raw.indexOf(ESCAPE) < 0 && raw.indexOf('\b') < 0 && raw.indexOf('\r') < 0) {
      return raw;
    }
    TerminalLine line = new TerminalLine();
    int at = 0;
    while (at < raw.length()) {
      at = line.take(raw, at);
    }
    return line.shown.toString();
  }

  /** Takes one character or escape sequence; returns where the next one begins. */
  private int take(String raw, int at) {
    char c = raw.charAt(at);
    if (c == ESCAPE && at + 1 < raw.length() && raw.charAt(at + 1) == '[') {
      int end = at + 2;
      while (end < raw.length() && !Character.isLetter(raw.charAt(end))) {
        end++;
      }
      if (end < raw.length()) {
        control(raw.charAt(end), count(raw.substring(at + 2, end)));
      }
      return end + 1;
    }
    switch (c) {
      case '\b' -> cursor = Math.max(0, cursor - 1);
      case '\r' -> cursor = 0;
      default -> put(c);
    }
    return at + 1;
  }

  private void control(char command, int count) {
    switch (command) {
      case 'D' -> cursor = Math.max(0, cursor - count);
      case 'C' -> cursor = Math.min(shown.length(), cursor + count);
      case 'K' -> shown.setLength(cursor);
      default -> {
        // Colours and the like do not change the text.
      }
    }
  }

  private void put(char c) {
    if (cursor < shown.length()) {
      shown.setCharAt(cursor, c);
    } else {
      shown.append(c);
    }
    cursor++;
  }

  private static int count(String digits) {
    return digits.matches("\\d{1,4}") ? Math.max(1, Integer.parseInt(digits)) : 1;
  }
}
