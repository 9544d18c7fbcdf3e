package org.pagetrail.traceimport.capture;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Source;

/**
 * A line of the kernel's trace.
 *
 * @param timeNanos on the trace's clock; null if the trace counts something else than time
 * @param thread the id of the thread that was running
 * @param process the id of its process, -1 if the trace does not have it
 */
public record KernelLine(
    Source source, @Nullable Long timeNanos, int thread, int process, KernelFact fact)
    implements Happening {
  /** The process id of a line that has none. */
  public static final int NO_PROCESS = -1;
}
