package org.pagetrail.traceimport.capture;

/** What a log of QEMU counts its time from. */
public enum QemuClock {
  /** 1970, as the log backend prints it. */
  REALTIME,
  /** The machine's start, as the simple backend writes it. */
  MONOTONIC,
  /** The clock of the kernel's trace that the log's lines stand in. */
  OF_TRACE
}
