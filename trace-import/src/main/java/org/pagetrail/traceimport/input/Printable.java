package org.pagetrail.traceimport.input;

import java.util.Locale;

/** Text from an input, made fit for a message. */
public final class Printable {
  private static final int CHARS_MAX = 120;

  private Printable() {}

  /** The text with everything but printable ASCII escaped, and cut where it grows too long. */
  public static String of(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (i == CHARS_MAX) {
        return out.append("...").toString();
      }
      if (c >= ' ' && c < 0x7f) {
        out.append(c);
      } else {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return out.toString();
  }
}
