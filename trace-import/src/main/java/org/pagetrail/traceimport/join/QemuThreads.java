package org.pagetrail.traceimport.join;

import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.QemuLine;

/**
 * The vCPU thread behind each line of QEMU's log. Releases that print thread ids say it; others
 * name the vCPU on accesses only, and the lines after an access are taken for the same vCPU's.
 */
final class QemuThreads {
  static final int NONE = -1;

  private final VcpuThreads vcpus;
  private final boolean threadIds;
  private int last = NONE;

  QemuThreads(VcpuThreads vcpus, boolean threadIds) {
    this.vcpus = vcpus;
    this.threadIds = threadIds;
  }

  /** The thread of the next line. */
  int next(QemuLine line) {
    if (threadIds) {
      return vcpus.number(line.thread()) == null ? NONE : line.thread();
    }
    if (ServedAccess.of(line.event()) != null) {
      Integer thread = line.vcpu() < 0 ? vcpus.only() : known(line.vcpu());
      last = thread == null ? NONE : thread;
    }
    return last;
  }

  private @Nullable Integer known(int vcpu) {
    return vcpus.thread(vcpu);
  }
}
