package org.pagetrail.traceimport.capture;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.events.trail.Source;

/**
 * A line of QEMU's log.
 *
 * @param timeNanos on the log's {@link QemuClock}; null without time stamps
 * @param thread the number before the {@code @}, a thread id or in old releases the process id; -1
 *     if the line has none
 * @param vcpu the number after {@code cpu}, -1 outside a vCPU or if the line has none
 * @param opensRead true for a line that QEMU prints before the line of the read that it belongs to
 */
public record QemuLine(
    Source source,
    @Nullable Long timeNanos,
    int thread,
    int vcpu,
    boolean opensRead,
    QemuEvent event)
    implements Happening {
  /** The value of a thread or vCPU that the line does not name. */
  public static final int UNNAMED = -1;
}
