package org.pagetrail.traceimport;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.KernelCall.SetMemslot;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelFact.Called;
import org.pagetrail.traceimport.capture.KernelFact.OfVcpu;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.join.Lines;

/**
 * The lines of the monitor without those of other monitors on the same host: of processes that run
 * vCPUs or set memslots. Lines of kernel threads and helpers stay: they may act on the monitor's
 * memory. A trace without process ids stays whole.
 */
final class MonitorProcess implements Lines<KernelLine> {
  private final Lines<KernelLine> all;
  private final Set<Integer> others = new HashSet<>();
  private @Nullable Integer own;
  private long leftOut;

  /**
   * Tells them apart.
   *
   * @param beginning the first lines, by which those of others are known that come before others
   *     run a vCPU
   * @param process the monitor's process; null for the first that runs a vCPU
   */
  MonitorProcess(Lines<KernelLine> all, List<KernelLine> beginning, @Nullable Integer process) {
    this.all = all;
    this.own = process;
    beginning.forEach(this::see);
  }

  /** The lines of the beginning that are the monitor's. */
  List<KernelLine> own(List<KernelLine> beginning) {
    return others.isEmpty() ? beginning : beginning.stream().filter(this::isOwn).toList();
  }

  @Override
  public @Nullable KernelLine next() {
    for (KernelLine line = all.next(); line != null; line = all.next()) {
      see(line);
      if (isOwn(line)) {
        return line;
      }
      leftOut++;
    }
    return null;
  }

  @Override
  public boolean isEnded() {
    return all.isEnded();
  }

  /** How many lines so far are of other monitors. */
  long leftOut() {
    return leftOut;
  }

  private boolean isOwn(KernelLine line) {
    return others.isEmpty() || !others.contains(line.process());
  }

  private void see(KernelLine line) {
    if (line.process() != KernelLine.NO_PROCESS && isMonitors(line.fact())) {
      if (own == null) {
        own = line.process();
      } else if (own != line.process()) {
        others.add(line.process());
      }
    }
  }

  private static boolean isMonitors(KernelFact fact) {
    return fact instanceof OfVcpu
        || (fact instanceof Called called && called.call() instanceof SetMemslot);
  }
}
