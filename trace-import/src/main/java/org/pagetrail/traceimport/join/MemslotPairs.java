package org.pagetrail.traceimport.join;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.traceimport.capture.KernelCall.SetMemslot;
import org.pagetrail.traceimport.capture.KernelFact.Called;
import org.pagetrail.traceimport.capture.KernelFact.Returned;
import org.pagetrail.traceimport.capture.QemuLine;

/**
 * The k-th request of QEMU is the k-th ioctl with the same arguments and answer, unless the clocks
 * exclude it. QEMU makes some ioctls that it does not log; they stay without a request.
 */
final class MemslotPairs {

  /**
   * An ioctl.
   *
   * @param done the line after which QEMU may report it
   * @param next the next ioctl of the same thread, before which QEMU reports this one
   */
  private record Ioctl(int call, int done, int next) {}

  private final KernelTrace trace;
  private final Clocks clocks;
  private final Map<MemslotRequested, Deque<Ioctl>> ioctls = new HashMap<>();

  private MemslotPairs(Clocks clocks) {
    this.trace = clocks.trace();
    this.clocks = clocks;
    collect();
  }

  static void find(Clocks clocks, LogPairs pairs) {
    MemslotPairs search = new MemslotPairs(clocks);
    List<QemuLine> log = clocks.log();
    Map<Integer, Integer> lineBefore = new HashMap<>();
    for (int q = 0; q < log.size(); q++) {
      if (log.get(q).event() instanceof MemslotRequested request) {
        Ioctl ioctl = search.next(request, q);
        if (ioctl != null) {
          pairs.pairMemslot(q, ioctl.call());
          pairs.qemuFollows(q, ioctl.done());
          Integer before = lineBefore.get(log.get(q).thread());
          if (before != null && clocks.qemuMayPrecede(before, ioctl.call())) {
            pairs.kernelFollows(ioctl.call(), before);
          }
        }
      }
      lineBefore.put(log.get(q).thread(), q);
    }
  }

  private void collect() {
    Map<Integer, Integer> nextOfThread = new HashMap<>();
    for (int i = trace.lines().size() - 1; i >= 0; i--) {
      if (trace.lines().get(i).fact() instanceof Called called
          && called.call() instanceof SetMemslot set) {
        int ret = trace.nesting().peer(i);
        Integer next = nextOfThread.put(trace.lines().get(i).thread(), i);
        ioctls
            .computeIfAbsent(asRequest(set, value(ret)), key -> new ArrayDeque<>())
            .addFirst(
                new Ioctl(
                    i, ret == CallNesting.NONE ? i : ret, next == null ? CallNesting.NONE : next));
      }
    }
  }

  private @Nullable Ioctl next(MemslotRequested request, int qemuLine) {
    Deque<Ioctl> open = ioctls.get(request);
    while (open != null && !open.isEmpty()) {
      Ioctl ioctl = open.peek();
      if (!clocks.kernelMayPrecede(ioctl.done(), qemuLine)) {
        return null;
      }
      open.remove();
      if (ioctl.next() == CallNesting.NONE || clocks.qemuMayPrecede(qemuLine, ioctl.next())) {
        return ioctl;
      }
    }
    return null;
  }

  private int value(int ret) {
    return ret != CallNesting.NONE && trace.lines().get(ret).fact() instanceof Returned returned
        ? (int) returned.value()
        : 0;
  }

  private static MemslotRequested asRequest(SetMemslot set, int ret) {
    return new MemslotRequested(set.slot(), set.flags(), set.gpa(), set.size(), set.hva(), ret);
  }
}
