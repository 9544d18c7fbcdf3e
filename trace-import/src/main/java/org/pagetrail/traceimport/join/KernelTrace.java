package org.pagetrail.traceimport.join;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.QemuLine;

/**
 * A kernel trace with what all of it together says.
 *
 * @param lines of the monitor's process, in the order of the input
 * @param nesting which return belongs to which call
 * @param vcpus the vCPU number of each thread that runs one
 */
public record KernelTrace(
    List<KernelLine> lines, CallNesting nesting, Map<Integer, Integer> vcpus) {
  /** A capture without a kernel trace. */
  public static final KernelTrace EMPTY = of(List.of(), List.of());

  /** Copies the lines and the map. */
  public KernelTrace {
    lines = List.copyOf(lines);
    vcpus = Map.copyOf(vcpus);
  }

  /** A trace of these lines; threads that QEMU's log names as vCPUs keep their numbers. */
  public static KernelTrace of(List<KernelLine> lines, List<QemuLine> log) {
    return new KernelTrace(
        lines, new CallNesting(lines), VcpuThreads.numbered(lines, VcpuThreads.named(log)));
  }

  /** The trace time of a line in nanoseconds, or null. */
  public @Nullable Long timeNanos(int line) {
    return lines.get(line).timeNanos();
  }
}
