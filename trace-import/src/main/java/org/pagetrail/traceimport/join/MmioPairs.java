package org.pagetrail.traceimport.join;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.QemuLine;
import org.pagetrail.traceimport.join.LogWindow.Entry;

/**
 * Finds for each line of QEMU's log the MMIO exit that it serves. Accesses of one vCPU appear in
 * the order of its exits; one exit may be several accesses, and an exit to a device that is not
 * traced is none. Lines between two accesses belong to the one before, except those that QEMU
 * prints on the way to a read.
 */
final class MmioPairs {
  /** How many exits without a logged access we pass over where no clock helps. */
  private static final int PASSED_OVER_MAX = 64;

  private static final int NOT_FOUND = -1;

  /** What is left to find on one vCPU thread. */
  private static final class Progress {
    private final VcpuExits exits;
    private final List<Entry> openings = new ArrayList<>();
    private @Nullable MmioExit current;
    private long bytesServed;

    Progress(VcpuExits exits) {
      this.exits = exits;
    }
  }

  private final Clocks clocks;
  private final KernelWindow trace;
  private final boolean exitsTraced;
  private final QemuThreads threads;
  private final Map<Integer, Progress> progress = new HashMap<>();
  private int paired;

  MmioPairs(Clocks clocks, KernelWindow trace, TraceFacts facts) {
    this.clocks = clocks;
    this.trace = trace;
    this.exitsTraced = facts.tracesExits();
    this.threads = new QemuThreads(trace.vcpus(), facts.logHasThreads());
  }

  void forget() {
    progress.clear();
  }

  /** How many lines of QEMU's log belong to an MMIO exit. */
  int paired() {
    return paired;
  }

  /** Takes the next line of the kernel's trace. */
  void read(long index, KernelLine line) {
    if (line.fact() instanceof KernelFact.OfVcpu fact) {
      progress
          .computeIfAbsent(line.thread(), thread -> new Progress(new VcpuExits(trace, exitsTraced)))
          .exits
          .read(index, line, fact);
    }
  }

  /** Finds the exit of the next line of QEMU's log. */
  void pair(Entry entry) {
    QemuLine line = entry.line();
    int thread = threads.next(line);
    Progress vcpu = thread == QemuThreads.NONE ? null : progress.get(thread);
    entry.isPaired = vcpu == null || !line.opensRead();
    if (vcpu == null) {
      return;
    }
    if (!entry.isPaired) {
      vcpu.openings.add(entry);
      return;
    }
    ServedAccess access = ServedAccess.of(line.event());
    if (access != null) {
      vcpu.current = exitOf(vcpu, access, line.timeNanos());
    }
    for (Entry before : vcpu.openings) {
      before.isPaired = true;
      serve(before, vcpu.current, thread);
    }
    vcpu.openings.clear();
    serve(entry, vcpu.current, thread);
  }

  private void serve(Entry entry, @Nullable MmioExit exit, int thread) {
    if (exit == null) {
      return;
    }
    Long time = entry.line().timeNanos();
    boolean inTime = !exit.isResumed() || clocks.qemuMayPrecede(time, exit.resumedNanos);
    if (inTime && clocks.kernelMayPrecede(exit.leftNanos, time)) {
      entry.serves(exit, thread);
      paired++;
      exit.served = Math.max(exit.served, entry.index);
      if (exit.isResumed()) {
        trace.follows(exit.resumed, entry.index);
      }
    }
  }

  private @Nullable MmioExit exitOf(Progress vcpu, ServedAccess access, @Nullable Long time) {
    MmioExit current = vcpu.current;
    if (current != null
        && access.fits(current)
        && access.address().value() - current.mmio.gpa().value() >= vcpu.bytesServed) {
      vcpu.bytesServed = served(current, access);
      return current;
    }
    while (vcpu.exits.size() > 0 && isOver(vcpu.exits.get(0), time)) {
      vcpu.exits.drop(1);
    }
    for (boolean byOffset : new boolean[] {false, true}) {
      int at = find(vcpu, access, time, byOffset);
      if (at != NOT_FOUND) {
        MmioExit exit = vcpu.exits.get(at);
        vcpu.exits.drop(at + 1);
        vcpu.bytesServed = byOffset ? Long.MAX_VALUE : served(exit, access);
        return exit;
      }
    }
    return null;
  }

  private int find(Progress vcpu, ServedAccess access, @Nullable Long time, boolean byOffset) {
    int passedOver = 0;
    for (int i = 0; i < vcpu.exits.size(); i++) {
      MmioExit exit = vcpu.exits.get(i);
      if (!clocks.kernelMayPrecede(exit.leftNanos, time)) {
        return NOT_FOUND;
      }
      boolean over = isOver(exit, time);
      if (!over && (byOffset ? access.fitsByOffset(exit) : access.fits(exit))) {
        return i;
      }
      if (!over && ++passedOver > PASSED_OVER_MAX) {
        return NOT_FOUND;
      }
    }
    return NOT_FOUND;
  }

  /** True if QEMU cannot have served the exit at a time any more. */
  private boolean isOver(MmioExit exit, @Nullable Long time) {
    return exit.isResumed() && !clocks.qemuMayPrecede(time, exit.resumedNanos);
  }

  private static long served(MmioExit exit, ServedAccess access) {
    return access.address().value() - exit.mmio.gpa().value() + access.width();
  }
}
