package org.pagetrail.app.cli;

import org.pagetrail.events.text.Escapes;

/** Text from inputs, made safe for a terminal. */
public final class Printable {
  private Printable() {}

  /** The text with control characters, and what could hide among letters, written as escapes. */
  public static String of(String text) {
    return Escapes.of(text);
  }

  /** The same for a text of several lines, whose line ends stay. */
  public static String linesOf(String text) {
    return String.join("\n", text.lines().map(Printable::of).toList());
  }
}
