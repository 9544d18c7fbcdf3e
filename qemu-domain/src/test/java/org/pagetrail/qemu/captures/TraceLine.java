package org.pagetrail.qemu.captures;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A line of QEMU's trace log. */
record TraceLine(String event, String arguments) {
  private static final Pattern LINE =
      Pattern.compile(
          "(?:\\d+@\\d+\\.\\d{6}:|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z )?([a-z][a-z0-9_]*) ?(.*)");
  private static final Pattern OPS =
      Pattern.compile(
          "cpu -?\\d+ mr 0x[0-9a-f]+ (addr 0x[0-9a-f]+ value 0x[0-9a-f]+ size \\d+ name '(.*)')");

  static @Nullable TraceLine parse(String text) {
    Matcher matcher = LINE.matcher(text);
    return matcher.matches() ? new TraceLine(matcher.group(1), matcher.group(2)) : null;
  }

  /** The name of the region that a line about a device access names, else empty. */
  String region() {
    Matcher matcher = OPS.matcher(arguments);
    return matcher.matches() ? matcher.group(2) : "";
  }

  /** The hexadecimal number after {@code key}. */
  long hex(String key) {
    Matcher matcher = Pattern.compile(key + ":? ?=?0x([0-9a-f]+)").matcher(arguments);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no " + key + " in " + this);
    }
    return Long.parseUnsignedLong(matcher.group(1), 16);
  }

  /** The decimal number after {@code key}. */
  int number(String key) {
    Matcher matcher = Pattern.compile(key + ":? ?(\\d+)").matcher(arguments);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no " + key + " in " + this);
    }
    return Integer.parseInt(matcher.group(1));
  }

  /** The device that a pflash line is about. */
  String device() {
    return arguments.substring(0, arguments.indexOf(':'));
  }

  /**
   * The line without what differs between runs, pointers, and without what QEMU from 9.0 on adds to
   * memslots: the address space and guest_memfd, of which these boots have one and none.
   */
  String withoutPointers() {
    Matcher matcher = OPS.matcher(arguments);
    return event
        + " "
        + (matcher.matches() ? matcher.group(1) : arguments)
            .replace("AddrSpace#0 ", "")
            .replace(" guest_memfd=-1 guest_memfd_offset=0x0", "");
  }
}
