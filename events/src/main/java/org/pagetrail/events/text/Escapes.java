package org.pagetrail.events.text;

/** Text from inputs, made safe to print: the one way in which this is done. */
public final class Escapes {
  private Escapes() {}

  /** The text with control characters, and what could hide among letters, as {@code \\u{1b}}. */
  public static String of(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> {
          if (isShown(point)) {
            safe.appendCodePoint(point);
          } else {
            safe.append("\\u{").append(Integer.toHexString(point)).append('}');
          }
        });
    return safe.toString();
  }

  private static boolean isShown(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
