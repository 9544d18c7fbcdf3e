package org.pagetrail.traceimport.capture;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Source;

/** What a line of an input says that happened while the machine ran. */
public sealed interface Happening permits KernelLine, QemuLine {
  /** Where it was read. */
  Source source();

  /** On the input's clock; null if the input does not have it. */
  @Nullable Long timeNanos();
}
