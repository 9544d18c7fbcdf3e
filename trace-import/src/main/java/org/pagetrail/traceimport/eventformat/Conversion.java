package org.pagetrail.traceimport.eventformat;

import java.util.Iterator;
import java.util.Locale;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * One conversion of a format with its argument.
 *
 * @param type the letter
 * @param bytes how wide the number is
 * @param width the least count of characters; null for none
 * @param precision the least count of digits, of a string the largest count of characters; null for
 *     none
 */
record Conversion(
    char type,
    int bytes,
    String flags,
    @Nullable Expression width,
    @Nullable Expression precision,
    Expression argument) {
  private static final int WIDTH_MAX = 256;

  /** The conversion that a pattern found; null if there are too few arguments. */
  static @Nullable Conversion of(Matcher match, Iterator<Expression> arguments) {
    Expression width = count(match.group("width"), arguments);
    String digits = match.group("precision");
    Expression precision =
        digits == null ? null : count(digits.isEmpty() ? "0" : digits, arguments);
    if (!arguments.hasNext()) {
      return null;
    }
    char type = match.group("type").charAt(0);
    String length = match.group("length");
    int bytes =
        switch (length == null ? "" : length) {
          case "" -> type == 'p' ? Long.BYTES : Integer.BYTES;
          case "hh" -> Byte.BYTES;
          case "h" -> Short.BYTES;
          default -> Long.BYTES;
        };
    return new Conversion(type, bytes, match.group("flags"), width, precision, arguments.next());
  }

  private static @Nullable Expression count(String digits, Iterator<Expression> arguments) {
    if (digits.equals("*")) {
      return arguments.hasNext() ? arguments.next() : null;
    }
    return digits.isEmpty() ? null : new Expression.Constant(Integer.parseInt(digits));
  }

  /** Prints the argument. */
  void append(EventData event, StringBuilder out) {
    int least = width == null ? 0 : Math.clamp(width.number(event), 0, WIDTH_MAX);
    String sign = "";
    String body;
    if (type == 's') {
      StringBuilder text = new StringBuilder();
      argument.append(event, text);
      if (precision != null) {
        text.setLength(Math.clamp(precision.number(event), 0, Math.min(text.length(), WIDTH_MAX)));
      }
      body = text.toString();
    } else if (type == 'c') {
      body = String.valueOf((char) (argument.number(event) & 0xff));
    } else {
      long value = argument.number(event);
      sign = sign(value);
      body = digits(value);
      int digits = precision == null ? 0 : Math.clamp(precision.number(event), 0, WIDTH_MAX);
      body = "0".repeat(Math.max(0, digits - body.length())) + body;
    }
    int missing = Math.max(0, least - sign.length() - body.length());
    if (flags.indexOf('-') >= 0) {
      out.append(sign).append(body).repeat(' ', missing);
    } else if (flags.indexOf('0') >= 0 && type != 's' && type != 'c' && precision == null) {
      out.append(sign).repeat('0', missing).append(body);
    } else {
      out.repeat(' ', missing).append(sign).append(body);
    }
  }

  private String digits(long value) {
    long unsigned = Expression.narrowed(value, bytes, false);
    return switch (type) {
      case 'd', 'i' -> {
        long number = Expression.narrowed(value, bytes, true);
        yield number < 0 ? Long.toUnsignedString(-number) : Long.toString(number);
      }
      case 'u' -> Long.toUnsignedString(unsigned);
      case 'o' -> Long.toOctalString(unsigned);
      case 'X' -> Long.toHexString(unsigned).toUpperCase(Locale.ROOT);
      default -> Long.toHexString(unsigned);
    };
  }

  private String sign(long value) {
    return switch (type) {
      case 'd', 'i' ->
          Expression.narrowed(value, bytes, true) < 0
              ? "-"
              : flags.indexOf('+') >= 0 ? "+" : flags.indexOf(' ') >= 0 ? " " : "";
      case 'p' -> "0x";
      case 'x', 'X' ->
          flags.indexOf('#') >= 0 && Expression.narrowed(value, bytes, false) != 0
              ? "0" + type
              : "";
      case 'o' -> flags.indexOf('#') >= 0 ? "0" : "";
      default -> "";
    };
  }
}
