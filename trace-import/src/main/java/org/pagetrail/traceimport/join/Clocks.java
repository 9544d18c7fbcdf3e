package org.pagetrail.traceimport.join;

import org.jspecify.annotations.Nullable;

/**
 * Whether lines of the two logs can have happened in an order, as far as their clocks tell. Without
 * a join, or without a time, everything can.
 */
record Clocks(@Nullable ClockJoin join) {

  /** False if the clocks exclude that the kernel line came first. */
  boolean kernelMayPrecede(@Nullable Long kernelNanos, @Nullable Long qemuNanos) {
    return join == null
        || kernelNanos == null
        || qemuNanos == null
        || lead(join, kernelNanos, qemuNanos) >= -join.errorNanos();
  }

  /** False if the clocks exclude that QEMU's line came first. */
  boolean qemuMayPrecede(@Nullable Long qemuNanos, @Nullable Long kernelNanos) {
    return join == null
        || kernelNanos == null
        || qemuNanos == null
        || lead(join, kernelNanos, qemuNanos) <= join.errorNanos();
  }

  /** By how many nanoseconds the kernel line came first. */
  private static long lead(ClockJoin join, long kernelNanos, long qemuNanos) {
    return qemuNanos - join.offsetNanos() - kernelNanos;
  }
}
