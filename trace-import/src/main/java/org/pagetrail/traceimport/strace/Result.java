package org.pagetrail.traceimport.strace;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.input.Numbers;

/**
 * What a system call returned.
 *
 * @param value what it gave; 0 if it failed
 * @param errno positive if it failed, else 0
 * @param remark what strace adds in brackets, such as the reason of an exit; null if nothing
 * @param tookNanos how long the call took, as {@code -T} says; null without it
 */
record Result(long value, int errno, @Nullable String remark, @Nullable Long tookNanos) {
  private static final Pattern FAILED = Pattern.compile("-1 (?<errno>E[A-Z0-9]+)\\b.*");
  private static final Pattern RESTARTED = Pattern.compile("\\? ERESTART.*");
  private static final Pattern GAVE =
      Pattern.compile(
          "(?<value>0x[0-9a-f]{1,16}|\\d{1,19})(?:<[^>]*>)?(?: \\((?<remark>[^)]*)\\))?(?: <.*>)?");

  private static final Pattern TOOK = Pattern.compile(" <(?<took>\\d{1,9}\\.\\d{1,9})>$");

  private static final int EINTR = 4;

  /** Errors of memory and of KVM's ioctls on Linux. */
  private static final Map<String, Integer> ERRNO =
      Map.ofEntries(
          Map.entry("EPERM", 1),
          Map.entry("ENOENT", 2),
          Map.entry("EINTR", EINTR),
          Map.entry("EIO", 5),
          Map.entry("ENXIO", 6),
          Map.entry("E2BIG", 7),
          Map.entry("EBADF", 9),
          Map.entry("EAGAIN", 11),
          Map.entry("ENOMEM", 12),
          Map.entry("EACCES", 13),
          Map.entry("EFAULT", 14),
          Map.entry("EBUSY", 16),
          Map.entry("EEXIST", 17),
          Map.entry("ENODEV", 19),
          Map.entry("EINVAL", 22),
          Map.entry("ENOTTY", 25),
          Map.entry("ENOSPC", 28),
          Map.entry("ENOSYS", 38),
          Map.entry("EOVERFLOW", 75),
          Map.entry("EOPNOTSUPP", 95),
          Map.entry("EHWPOISON", 133));

  /**
   * Reads what follows the equals sign.
   *
   * @throws IllegalArgumentException if it is nothing that strace prints
   */
  static Result of(String text) {
    Matcher timed = TOOK.matcher(text);
    Long took = timed.find() ? Long.valueOf(Numbers.nanosOfSeconds(timed.group("took"))) : null;
    Matcher failed = FAILED.matcher(text);
    if (failed.matches()) {
      Integer errno = ERRNO.get(failed.group("errno"));
      if (errno == null) {
        throw new IllegalArgumentException(failed.group("errno"));
      }
      return new Result(0, errno, null, took);
    }
    if (RESTARTED.matcher(text).matches()) {
      return new Result(0, EINTR, null, took);
    }
    Matcher gave = GAVE.matcher(text);
    if (!gave.matches()) {
      throw new IllegalArgumentException("no result");
    }
    return new Result(Numbers.any(gave.group("value")), 0, gave.group("remark"), took);
  }

  /** When the call ended that began at a time; null where nothing says it. */
  @Nullable Long endNanos(@Nullable Long began) {
    return began == null || tookNanos == null
        ? null
        : Long.valueOf(Math.addExact(began, tookNanos));
  }

  /** 0, or the negative errno. */
  int ret() {
    return -errno;
  }
}
