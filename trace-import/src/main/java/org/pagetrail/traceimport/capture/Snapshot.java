package org.pagetrail.traceimport.capture;

import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When somebody looked at the machine from outside, as the name of the file says; in this order.
 *
 * @param place before the run, in it, or after it
 * @param timeNanos in the run: nanoseconds of the kernel's monotonic clock; otherwise null
 */
public record Snapshot(Place place, @Nullable Long timeNanos) implements Comparable<Snapshot> {
  /** After the machine was made, before the guest ran. */
  public static final Snapshot BEFORE = new Snapshot(Place.BEFORE, null);

  /** When the guest had stopped; also what a name does not say. */
  public static final Snapshot AFTER = new Snapshot(Place.AFTER, null);

  private static final Pattern AT =
      Pattern.compile("(?:.*[^a-z])?at-(?<seconds>\\d{1,9})\\.(?<nanos>\\d{9})(?:[^0-9].*)?");

  private static final long NANOS = 1_000_000_000;

  /** Where in a run. */
  public enum Place {
    /** Before the guest ran. */
    BEFORE,
    /** While it ran, at a known time. */
    AT,
    /** When it had stopped. */
    AFTER
  }

  /** A snapshot taken while the guest ran. */
  public static Snapshot at(long timeNanos) {
    return new Snapshot(Place.AT, timeNanos);
  }

  /** Reads a file name such as {@code maps.before.xz} or {@code maps.at-12.345678901}. */
  public static Snapshot of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    Matcher at = AT.matcher(lower);
    if (at.matches()) {
      return at(Long.parseLong(at.group("seconds")) * NANOS + Long.parseLong(at.group("nanos")));
    }
    return lower.contains("before") ? BEFORE : AFTER;
  }

  @Override
  public int compareTo(Snapshot other) {
    return Comparator.comparing(Snapshot::place)
        .thenComparingLong(snapshot -> snapshot.timeNanos == null ? 0 : snapshot.timeNanos)
        .compare(this, other);
  }
}
