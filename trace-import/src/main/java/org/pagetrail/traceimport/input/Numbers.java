package org.pagetrail.traceimport.input;

import org.pagetrail.events.memory.Hex;

/** Numbers as traces print them. All throw {@link NumberFormatException} beyond their width. */
public final class Numbers {
  private Numbers() {}

  /** Hexadecimal after {@code 0x}, else decimal, with a sign or not; {@code (nil)} is 0. */
  public static long any(String text) {
    if (text.startsWith("0x")) {
      return Hex.parse(text);
    }
    if (text.equals("(nil)")) {
      return 0;
    }
    return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
  }

  /** The same where the value must fit an int that is not negative. */
  public static int small(String text) {
    long value = any(text);
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new NumberFormatException(text + " does not fit");
    }
    return (int) value;
  }

  /**
   * Seconds with decimals as nanoseconds, such as {@code 29.985647}.
   *
   * @throws NumberFormatException if the text is no such number or exceeds 292 years
   */
  public static long nanosOfSeconds(String seconds) {
    int dot = seconds.indexOf('.');
    String whole = dot < 0 ? seconds : seconds.substring(0, dot);
    String fraction = dot < 0 ? "" : seconds.substring(dot + 1);
    if (fraction.length() > 9) {
      fraction = fraction.substring(0, 9);
    }
    long nanos = fraction.isEmpty() ? 0 : Long.parseUnsignedLong(fraction);
    for (int digits = fraction.length(); digits < 9; digits++) {
      nanos *= 10;
    }
    try {
      return Math.addExact(
          Math.multiplyExact(Long.parseLong(whole), 1_000_000_000L),
          whole.startsWith("-") ? -nanos : nanos);
    } catch (ArithmeticException e) {
      throw new NumberFormatException(seconds + " s is too long a time");
    }
  }
}
