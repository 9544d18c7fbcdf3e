package org.pagetrail.traceimport.qemulog;

import org.jspecify.annotations.Nullable;

/**
 * The arguments of an event of the flash, {@code NAME:NUMBER} each, taken by their names; the width
 * of an access is always called size. Words between them are passed over.
 */
final class FlashArguments {
  static final int OFFSET = 1;
  static final int SIZE = 1 << 1;
  static final int VALUE = 1 << 2;
  static final int WCYCLE = 1 << 3;
  static final int CMD = 1 << 4;
  static final int BYTES = 1 << 5;

  private static final int HEX_DIGITS_MAX = 16;
  private static final int DIGITS_MAX = 18;

  private final long[] values = new long[Integer.numberOfTrailingZeros(BYTES) + 1];
  private int present;

  private FlashArguments() {}

  /** Those of a text. */
  static FlashArguments of(String text) {
    FlashArguments arguments = new FlashArguments();
    int from = 0;
    while (from < text.length()) {
      int blank = text.indexOf(' ', from);
      int end = blank < 0 ? text.length() : blank;
      int colon = text.indexOf(':', from);
      if (colon > from && colon < end) {
        arguments.take(named(text, from, colon), text, colon + 1, end);
      }
      from = end + 1;
    }
    return arguments;
  }

  private static int named(String text, int from, int colon) {
    int length = colon - from;
    if (is(text, from, length, "offset")) {
      return OFFSET;
    }
    if (is(text, from, length, "size") || is(text, from, length, "width")) {
      return SIZE;
    }
    if (is(text, from, length, "value")) {
      return VALUE;
    }
    if (is(text, from, length, "wcycle")) {
      return WCYCLE;
    }
    if (is(text, from, length, "cmd")) {
      return CMD;
    }
    return is(text, from, length, "bytes") ? BYTES : 0;
  }

  private static boolean is(String text, int from, int length, String name) {
    return length == name.length() && text.startsWith(name, from);
  }

  private void take(int name, String text, int from, int end) {
    Long value = name == 0 ? null : number(text, from, end);
    if (value != null) {
      values[Integer.numberOfTrailingZeros(name)] = value;
      present |= name;
    }
  }

  /** Null for what is no number of 64 bits. */
  private static @Nullable Long number(String text, int from, int end) {
    boolean hex = text.startsWith("0x", from);
    int first = hex ? from + 2 : from;
    int digits = end - first;
    if (digits < 1 || digits > (hex ? HEX_DIGITS_MAX : DIGITS_MAX)) {
      return null;
    }
    for (int i = first; i < end; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && !(hex && c >= 'a' && c <= 'f')) {
        return null;
      }
    }
    return Long.parseUnsignedLong(text, first, end, hex ? 16 : 10);
  }

  /** True if the text has all of these. */
  boolean has(int... names) {
    int all = 0;
    for (int name : names) {
      all |= name;
    }
    return (present & all) == all;
  }

  /** An argument that the text has. */
  long get(int name) {
    return values[Integer.numberOfTrailingZeros(name)];
  }

  /**
   * The same as an int.
   *
   * @throws ArithmeticException if it does not fit
   */
  int small(int name) {
    return Math.toIntExact(get(name));
  }
}
