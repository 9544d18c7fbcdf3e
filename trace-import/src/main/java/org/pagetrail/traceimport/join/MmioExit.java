package org.pagetrail.traceimport.join;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelFact.LeftToUserspace;
import org.pagetrail.traceimport.capture.KernelFact.Mmio;
import org.pagetrail.traceimport.capture.KernelFact.MmioPhase;

/**
 * An access that left the guest and went to userspace.
 *
 * @param line the line of kvm_mmio
 * @param left the line after which QEMU runs: kvm_userspace_exit where traced
 * @param resumed the first line by which the vCPU is back in the kernel, {@link CallNesting#NONE}
 *     if the trace ends before
 */
record MmioExit(int line, int left, int resumed, Mmio mmio) {

  /** The exits of each vCPU thread, in their order. */
  static Map<Integer, List<MmioExit>> of(KernelTrace trace) {
    boolean exitsTraced =
        trace.lines().stream().anyMatch(line -> line.fact() instanceof LeftToUserspace);
    Map<Integer, List<MmioExit>> exits = new TreeMap<>();
    Map<Integer, Integer> pending = new HashMap<>();
    Map<Integer, Integer> served = new HashMap<>();
    for (int i = 0; i < trace.lines().size(); i++) {
      int thread = trace.lines().get(i).thread();
      KernelFact fact = trace.lines().get(i).fact();
      if (!(fact instanceof KernelFact.OfVcpu)) {
        continue;
      }
      List<MmioExit> ofThread = exits.computeIfAbsent(thread, key -> new ArrayList<>());
      Integer open = served.remove(thread);
      if (open != null) {
        MmioExit exit = ofThread.get(open);
        ofThread.set(open, new MmioExit(exit.line, exit.left, i, exit.mmio));
      }
      if (fact instanceof Mmio mmio && mmio.phase() != MmioPhase.READ) {
        pending.put(thread, i);
        if (!exitsTraced) {
          served.put(thread, ofThread.size());
          ofThread.add(new MmioExit(i, i, CallNesting.NONE, mmio));
        }
      } else if (fact instanceof LeftToUserspace left) {
        Integer line = pending.remove(thread);
        if (line != null && left.errno() == 0) {
          served.put(thread, ofThread.size());
          ofThread.add(
              new MmioExit(line, i, CallNesting.NONE, (Mmio) trace.lines().get(line).fact()));
        }
      } else {
        pending.remove(thread);
      }
    }
    return exits;
  }

  boolean write() {
    return mmio.phase() == MmioPhase.WRITE;
  }

  /** True if an access of QEMU at this address may be a part of this exit. */
  boolean covers(Gpa address) {
    return Long.compareUnsigned(address.value() - mmio.gpa().value(), mmio.width()) < 0;
  }
}
