package org.pagetrail.traceimport.capture;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Source;

/** What a line of an input says that happened while the machine ran. */
public sealed interface Happening permits KernelLine, QemuLine {
  /** Where it was read. */
  Source source();

  /** On the input's clock; null if the input does not have it. */
  @Nullable Long timeNanos();

  /** True if it stands before another of the same input, whose lines are in the order of time. */
  default boolean isBefore(Happening other) {
    Long own = timeNanos();
    Long its = other.timeNanos();
    if (own == null || its == null || own.equals(its)) {
      return source().line() < other.source().line();
    }
    return own < its;
  }
}
