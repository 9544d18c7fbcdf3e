package org.pagetrail.traceimport.join;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.traceimport.capture.KernelFact.Mmio;
import org.pagetrail.traceimport.capture.KernelFact.MmioPhase;

/** An access that left the guest and went to userspace. */
final class MmioExit {
  /** The line of kvm_mmio. */
  final long line;

  /** The line after which QEMU runs: kvm_userspace_exit where traced. */
  final long left;

  final @Nullable Long leftNanos;
  final Mmio mmio;

  /**
   * The first line by which the vCPU is back in the kernel, {@link KernelWindow#NONE} if none was
   * read.
   */
  long resumed = KernelWindow.NONE;

  @Nullable Long resumedNanos;

  /** The last line of QEMU's log that serves it. */
  long served = KernelWindow.NONE;

  MmioExit(long line, Mmio mmio, long left, @Nullable Long leftNanos) {
    this.line = line;
    this.mmio = mmio;
    this.left = left;
    this.leftNanos = leftNanos;
  }

  boolean isResumed() {
    return resumed != KernelWindow.NONE;
  }

  boolean write() {
    return mmio.phase() == MmioPhase.WRITE;
  }

  /** True if an access of QEMU at this address may be a part of this exit. */
  boolean covers(Gpa address) {
    return Long.compareUnsigned(address.value() - mmio.gpa().value(), mmio.width()) < 0;
  }
}
