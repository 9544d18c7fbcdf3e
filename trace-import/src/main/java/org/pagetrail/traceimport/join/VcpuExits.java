package org.pagetrail.traceimport.join;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.KernelFact.LeftToUserspace;
import org.pagetrail.traceimport.capture.KernelFact.Mmio;
import org.pagetrail.traceimport.capture.KernelFact.MmioPhase;
import org.pagetrail.traceimport.capture.KernelFact.OfVcpu;
import org.pagetrail.traceimport.capture.KernelLine;

/** The MMIO exits of one vCPU thread, in their order, as far as QEMU's log may still serve them. */
final class VcpuExits {
  /** Far more than QEMU's log leaves out before it names one again. */
  private static final int KEPT_MAX = 1 << 16;

  private final boolean exitsTraced;
  private final KernelWindow trace;
  private final List<MmioExit> exits = new ArrayList<>();
  private int passed;
  private @Nullable Mmio pending;
  private long pendingLine;
  private @Nullable MmioExit open;

  VcpuExits(KernelWindow trace, boolean exitsTraced) {
    this.trace = trace;
    this.exitsTraced = exitsTraced;
  }

  /** Takes the next line of the thread. */
  void read(long index, KernelLine line, OfVcpu fact) {
    MmioExit ended = open;
    if (ended != null) {
      ended.resumed = index;
      ended.resumedNanos = line.timeNanos();
      trace.follows(index, ended.served);
      open = null;
    }
    if (fact instanceof Mmio mmio && mmio.phase() != MmioPhase.READ) {
      pending = mmio;
      pendingLine = index;
      if (!exitsTraced) {
        add(new MmioExit(index, mmio, index, line.timeNanos()));
      }
    } else if (fact instanceof LeftToUserspace left) {
      if (pending != null && left.errno() == 0) {
        add(new MmioExit(pendingLine, pending, index, line.timeNanos()));
      }
      pending = null;
    } else {
      pending = null;
    }
  }

  private void add(MmioExit exit) {
    exits.add(exit);
    open = exit;
    if (size() > KEPT_MAX) {
      drop(1);
    }
  }

  /** How many may still be served. */
  int size() {
    return exits.size() - passed;
  }

  MmioExit get(int at) {
    return exits.get(passed + at);
  }

  /** Forgets the first. */
  void drop(int count) {
    passed += count;
    if (passed > exits.size() / 2) {
      exits.subList(0, passed).clear();
      passed = 0;
    }
  }
}
