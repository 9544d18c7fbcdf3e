package org.pagetrail.app.cli;

/** Text from inputs, made safe for a terminal. */
public final class Printable {
  private Printable() {}

  /** The text with control characters, and what could hide among letters, written as escapes. */
  public static String of(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          int type = Character.getType(c);
          boolean hidden =
              Character.isISOControl(c)
                  || type == Character.FORMAT
                  || type == Character.SURROGATE
                  || type == Character.UNASSIGNED
                  || type == Character.LINE_SEPARATOR
                  || type == Character.PARAGRAPH_SEPARATOR;
          if (hidden) {
            safe.append("\\u{").append(Integer.toHexString(c)).append('}');
          } else {
            safe.appendCodePoint(c);
          }
        });
    return safe.toString();
  }

  /** The same for a text of several lines, whose line ends stay. */
  public static String linesOf(String text) {
    return String.join("\n", text.lines().map(Printable::of).toList());
  }
}
