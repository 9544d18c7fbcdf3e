package org.pagetrail.traceimport.ftrace;

import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Given a line as the kernel's printf prints it; a zero has no {@code 0x} in {@code %#lx}. */
final class Printf {
  private static final Pattern CONVERSION =
      Pattern.compile("%(?<prefix>#?)0?(?<width>\\d*)l{0,2}(?<type>[dsux])");

  private Printf() {}

  static String print(String format, Object... arguments) {
    Iterator<Object> rest = List.of(arguments).iterator();
    Matcher match = CONVERSION.matcher(format);
    StringBuilder out = new StringBuilder();
    while (match.find()) {
      Object argument = rest.next();
      String text =
          match.group("type").equals("x")
              ? hex(((Number) argument).longValue(), match.group("prefix"), match.group("width"))
              : argument.toString();
      match.appendReplacement(out, Matcher.quoteReplacement(text));
    }
    return match.appendTail(out).toString();
  }

  private static String hex(long value, String alternate, String width) {
    String prefix = alternate.isEmpty() || value == 0 ? "" : "0x";
    String digits = Long.toHexString(value);
    int least = width.isEmpty() ? 0 : Integer.parseInt(width);
    return prefix + "0".repeat(Math.max(0, least - prefix.length() - digits.length())) + digits;
  }
}
