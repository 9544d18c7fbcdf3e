package org.pagetrail.traceimport.capture;

/** Who tells what happened. */
public enum Teller {
  /** The kernel's trace, which QEMU may have written into. */
  KERNEL,
  /** QEMU's own log. */
  QEMU,
  /** A trace of the monitor's system calls. */
  SYSTEM_CALLS
}
