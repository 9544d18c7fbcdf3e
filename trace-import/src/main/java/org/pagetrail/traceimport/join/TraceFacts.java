package org.pagetrail.traceimport.join;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelFact.LeftToUserspace;
import org.pagetrail.traceimport.capture.KernelFact.Marker;
import org.pagetrail.traceimport.capture.KernelFact.OfVcpu;
import org.pagetrail.traceimport.capture.KernelFact.Returned;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.ProbeMeaning;
import org.pagetrail.traceimport.capture.QemuLine;

/**
 * What the beginnings of a kernel trace and of QEMU's log say about all of it.
 *
 * @param isEmpty true without a kernel trace
 * @param vcpus the vCPU number of each thread that runs one
 * @param vcpusByLog the vCPU number of each thread as QEMU's log states it
 * @param logHasThreads true if QEMU's log names the threads of vCPUs
 * @param returns of which calls the trace has the returns
 * @param tracesExits true if it has the ends of KVM_RUN
 * @param firstOfGuest the first line that a running guest caused, or the markers right before it;
 *     -1 if the beginning has none
 * @param arch the architecture whose faults it has, null if it has none
 */
public record TraceFacts(
    boolean isEmpty,
    Map<Integer, Integer> vcpus,
    Map<Integer, Integer> vcpusByLog,
    boolean logHasThreads,
    Set<ProbeMeaning> returns,
    boolean tracesExits,
    long firstOfGuest,
    @Nullable String arch) {
  /** Copies the collections. */
  public TraceFacts {
    vcpus = Map.copyOf(vcpus);
    vcpusByLog = Map.copyOf(vcpusByLog);
    returns = Set.copyOf(returns);
  }

  /** What the first lines of both say. */
  public static TraceFacts of(List<KernelLine> lines, List<QemuLine> log) {
    Map<Integer, Integer> byLog = VcpuThreads.named(log);
    Map<Integer, Integer> vcpus = VcpuThreads.numbered(lines, byLog);
    Set<ProbeMeaning> returns = EnumSet.noneOf(ProbeMeaning.class);
    boolean exits = false;
    long guest = -1;
    String arch = null;
    for (int i = 0; i < lines.size(); i++) {
      KernelFact fact = lines.get(i).fact();
      if (fact instanceof Returned returned) {
        returns.add(returned.meaning());
      }
      exits |= fact instanceof LeftToUserspace;
      if (guest < 0 && fact instanceof OfVcpu) {
        guest = i;
      }
      arch = arch == null ? archOf(fact) : arch;
    }
    while (guest > 0 && lines.get((int) guest - 1).fact() instanceof Marker) {
      guest--;
    }
    return new TraceFacts(
        lines.isEmpty(),
        vcpus,
        byLog,
        log.stream().anyMatch(line -> vcpus.containsKey(line.thread())),
        returns,
        exits,
        guest,
        arch);
  }

  private static @Nullable String archOf(KernelFact fact) {
    return switch (fact) {
      case KernelFact.ArmFault fault -> "arm64";
      case KernelFact.X86Fault fault -> "x86";
      default -> null;
    };
  }
}
