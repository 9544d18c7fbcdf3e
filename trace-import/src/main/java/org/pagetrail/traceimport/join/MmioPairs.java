package org.pagetrail.traceimport.join;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.QemuLine;

/**
 * Finds for each line of QEMU's log the MMIO exit that it serves. Accesses of one vCPU appear in
 * the order of its exits; one exit may be several accesses, and an exit to a device that is not
 * traced is none. Lines between two accesses belong to the one before, except those that QEMU
 * prints on the way to a read.
 */
final class MmioPairs {
  /** How many exits without a logged access we pass over where no clock helps. */
  private static final int PASSED_OVER_MAX = 64;

  private static final int NO_THREAD = -1;

  /** What is left to find on one vCPU thread. */
  private static final class Progress {
    private final List<MmioExit> exits;
    private int next;
    private @Nullable MmioExit current;
    private long bytesServed;

    Progress(List<MmioExit> exits) {
      this.exits = exits;
    }
  }

  private final Clocks clocks;
  private final LogPairs pairs;
  private final QemuThreads threads;
  private final Map<Integer, Progress> progress = new HashMap<>();

  private MmioPairs(Clocks clocks, LogPairs pairs) {
    this.clocks = clocks;
    this.pairs = pairs;
    this.threads = new QemuThreads(clocks.trace(), clocks.log());
    MmioExit.of(clocks.trace())
        .forEach((thread, exits) -> progress.put(thread, new Progress(exits)));
  }

  static void find(Clocks clocks, LogPairs pairs) {
    new MmioPairs(clocks, pairs).find();
  }

  private void find() {
    List<QemuLine> log = clocks.log();
    Map<Integer, Integer> firstOpening = new HashMap<>();
    for (int q = 0; q < log.size(); q++) {
      QemuLine line = log.get(q);
      int thread = threads.of(q);
      Progress vcpu = thread == NO_THREAD ? null : progress.get(thread);
      if (vcpu == null) {
        continue;
      }
      if (line.opensRead()) {
        firstOpening.putIfAbsent(thread, q);
        continue;
      }
      ServedAccess access = ServedAccess.of(line.event());
      if (access != null) {
        vcpu.current = exitOf(vcpu, access, q);
      }
      Integer opening = firstOpening.remove(thread);
      if (opening != null) {
        for (int before = opening; before < q; before++) {
          if (threads.of(before) == thread) {
            serve(before, vcpu.current);
          }
        }
      }
      serve(q, vcpu.current);
    }
  }

  private void serve(int qemuLine, @Nullable MmioExit exit) {
    if (exit == null) {
      return;
    }
    boolean inTime =
        exit.resumed() == CallNesting.NONE || clocks.qemuMayPrecede(qemuLine, exit.resumed());
    if (inTime && clocks.kernelMayPrecede(exit.left(), qemuLine)) {
      pairs.pairExit(qemuLine, exit.line());
      pairs.qemuFollows(qemuLine, exit.left());
      if (exit.resumed() != CallNesting.NONE) {
        pairs.kernelFollows(exit.resumed(), qemuLine);
      }
    }
  }

  private @Nullable MmioExit exitOf(Progress vcpu, ServedAccess access, int qemuLine) {
    MmioExit current = vcpu.current;
    if (current != null
        && access.fits(current)
        && access.address().value() - current.mmio().gpa().value() >= vcpu.bytesServed) {
      vcpu.bytesServed = served(current, access);
      return current;
    }
    for (boolean byOffset : new boolean[] {false, true}) {
      int at = find(vcpu, access, qemuLine, byOffset);
      if (at != CallNesting.NONE) {
        MmioExit exit = vcpu.exits.get(at);
        vcpu.next = at + 1;
        vcpu.bytesServed = byOffset ? Long.MAX_VALUE : served(exit, access);
        return exit;
      }
    }
    return null;
  }

  private int find(Progress vcpu, ServedAccess access, int qemuLine, boolean byOffset) {
    int passedOver = 0;
    for (int i = vcpu.next; i < vcpu.exits.size(); i++) {
      MmioExit exit = vcpu.exits.get(i);
      if (!clocks.kernelMayPrecede(exit.left(), qemuLine)) {
        return CallNesting.NONE;
      }
      boolean over =
          exit.resumed() != CallNesting.NONE && !clocks.qemuMayPrecede(qemuLine, exit.resumed());
      if (!over && (byOffset ? access.fitsByOffset(exit) : access.fits(exit))) {
        return i;
      }
      if (!over && ++passedOver > PASSED_OVER_MAX) {
        return CallNesting.NONE;
      }
    }
    return CallNesting.NONE;
  }

  private static long served(MmioExit exit, ServedAccess access) {
    return access.address().value() - exit.mmio().gpa().value() + access.width();
  }
}
