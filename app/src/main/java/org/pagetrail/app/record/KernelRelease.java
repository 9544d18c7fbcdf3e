package org.pagetrail.app.record;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first two numbers of what {@code uname -r} prints.
 *
 * @param major such as 6
 * @param minor such as 13
 */
public record KernelRelease(int major, int minor) implements Comparable<KernelRelease> {
  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");

  /** Reads a release; what has no numbers counts as older than all. */
  public static KernelRelease of(String text) {
    Matcher numbers = NUMBERS.matcher(text);
    return numbers.matches()
        ? new KernelRelease(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)))
        : new KernelRelease(0, 0);
  }

  @Override
  public int compareTo(KernelRelease other) {
    return Comparator.comparingInt(KernelRelease::major)
        .thenComparingInt(KernelRelease::minor)
        .compare(this, other);
  }

  /** Such as {@code 6.13}. */
  @Override
  public String toString() {
    return major + "." + minor;
  }
}
