package org.pagetrail.traceimport.join;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pagetrail.traceimport.capture.QemuLine;

/**
 * The vCPU thread behind each line of QEMU's log. Releases that print thread ids say it; others
 * name the vCPU on accesses only, and the lines after an access are taken for the same vCPU's.
 */
final class QemuThreads {
  private static final int NONE = -1;

  private final int[] threads;

  QemuThreads(KernelTrace trace, List<QemuLine> log) {
    threads = new int[log.size()];
    Map<Integer, Integer> byVcpu = new HashMap<>();
    trace.vcpus().forEach((thread, vcpu) -> byVcpu.put(vcpu, thread));
    boolean threadIds = log.stream().anyMatch(line -> trace.vcpus().containsKey(line.thread()));
    int last = NONE;
    for (int q = 0; q < threads.length; q++) {
      QemuLine line = log.get(q);
      if (threadIds) {
        threads[q] = trace.vcpus().containsKey(line.thread()) ? line.thread() : NONE;
      } else {
        if (ServedAccess.of(line.event()) != null) {
          last = line.vcpu() < 0 ? only(trace) : byVcpu.getOrDefault(line.vcpu(), NONE);
        }
        threads[q] = last;
      }
    }
  }

  /** The thread of the only vCPU, where a log does not name vCPUs at all. */
  private static int only(KernelTrace trace) {
    return trace.vcpus().size() == 1 ? trace.vcpus().keySet().iterator().next() : NONE;
  }

  int of(int qemuLine) {
    return threads[qemuLine];
  }
}
