package org.pagetrail.traceimport.join;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.QemuLine;

/**
 * Whether lines of the two logs can have happened in an order, as far as their clocks tell. Without
 * a join, or without a time, everything can.
 */
record Clocks(KernelTrace trace, List<QemuLine> log, @Nullable ClockJoin join) {

  /** False if the clocks exclude that the kernel line came first. */
  boolean kernelMayPrecede(int kernelLine, int qemuLine) {
    Long lead = kernelLead(kernelLine, qemuLine);
    return lead == null || join == null || lead >= -join.errorNanos();
  }

  /** False if the clocks exclude that QEMU's line came first. */
  boolean qemuMayPrecede(int qemuLine, int kernelLine) {
    Long lead = kernelLead(kernelLine, qemuLine);
    return lead == null || join == null || lead <= join.errorNanos();
  }

  /** By how many nanoseconds the kernel line came first, or null if nobody knows. */
  private @Nullable Long kernelLead(int kernelLine, int qemuLine) {
    Long kernel = trace.timeNanos(kernelLine);
    Long qemu = log.get(qemuLine).timeNanos();
    return join == null || kernel == null || qemu == null
        ? null
        : Long.valueOf(qemu - join.offsetNanos() - kernel);
  }
}
