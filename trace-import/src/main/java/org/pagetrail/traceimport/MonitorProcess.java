package org.pagetrail.traceimport;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.KernelCall.SetMemslot;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelFact.Called;
import org.pagetrail.traceimport.capture.KernelFact.OfVcpu;
import org.pagetrail.traceimport.capture.KernelLine;

/** Tells the monitor's lines from those of other monitors on the same host. */
final class MonitorProcess {
  private MonitorProcess() {}

  /**
   * The lines without those of other processes that run vCPUs or set memslots. Lines of kernel
   * threads and helpers stay: they may act on the monitor's memory. A trace without process ids
   * stays whole.
   *
   * @param process the monitor's process; null for the first that runs a vCPU
   */
  static List<KernelLine> linesOf(List<KernelLine> lines, @Nullable Integer process) {
    Integer own = process;
    for (KernelLine line : lines) {
      if (own == null && line.process() != KernelLine.NO_PROCESS && isMonitors(line.fact())) {
        own = line.process();
      }
    }
    if (own == null) {
      return lines;
    }
    int monitor = own;
    List<Integer> others =
        lines.stream()
            .filter(line -> isMonitors(line.fact()) && line.process() != monitor)
            .map(KernelLine::process)
            .filter(other -> other != KernelLine.NO_PROCESS)
            .distinct()
            .toList();
    return others.isEmpty()
        ? lines
        : lines.stream().filter(line -> !others.contains(line.process())).toList();
  }

  private static boolean isMonitors(KernelFact fact) {
    return fact instanceof OfVcpu
        || (fact instanceof Called called && called.call() instanceof SetMemslot);
  }
}
