package org.pagetrail.events.text;

/** An input is not a trail that this release can read. */
public final class TrailFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String input;
  private final long line;

  /**
   * Says what is wrong, where, why, and what to do.
   *
   * @param input the name of the input
   * @param line the line, from 1
   * @param what the thing that cannot be read
   * @param why what was found instead
   * @param remedy what the reader of the message can do
   */
  public TrailFormatException(String input, long line, String what, String why, String remedy) {
    super(printable(input) + ":" + line + ": " + what + ": " + printable(why) + "; " + remedy);
    this.input = input;
    this.line = line;
  }

  /** The name of the input. */
  public String input() {
    return input;
  }

  /** The line, from 1. */
  public long line() {
    return line;
  }

  /** The text with what is not to be printed escaped, and cut where it grows too long. */
  static String printable(String text) {
    boolean isLong = text.length() > TEXT_CHARS_MAX;
    return isLong ? Escapes.of(text.substring(0, TEXT_CHARS_MAX)) + "..." : Escapes.of(text);
  }

  private static final int TEXT_CHARS_MAX = 300;
}
