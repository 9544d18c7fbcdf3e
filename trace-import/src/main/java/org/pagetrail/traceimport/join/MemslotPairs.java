package org.pagetrail.traceimport.join;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.traceimport.capture.KernelCall.SetMemslot;
import org.pagetrail.traceimport.capture.KernelFact.Called;
import org.pagetrail.traceimport.capture.KernelFact.Returned;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.QemuLine;
import org.pagetrail.traceimport.join.LogWindow.Entry;

/**
 * The k-th request of QEMU is the k-th ioctl with the same arguments and answer, unless the clocks
 * exclude it. QEMU makes some ioctls that it does not log; they stay without a request.
 */
final class MemslotPairs {
  /** How many ioctls may wait for their request; more are of a log that lacks them. */
  private static final int WAITING_MAX = 1 << 14;

  /** An ioctl. */
  private static final class Ioctl {
    final long call;
    final @Nullable Long callNanos;

    /** The line after which QEMU may report it. */
    long done;

    @Nullable Long doneNanos;

    /** True if the same thread made another one, before which QEMU reports this one. */
    boolean isLast = true;

    @Nullable Long nextNanos;

    Ioctl(long call, @Nullable Long callNanos) {
      this.call = call;
      this.callNanos = callNanos;
    }
  }

  private final Clocks clocks;
  private final KernelWindow trace;
  private final SequencedMap<MemslotRequested, Deque<Ioctl>> ioctls = new LinkedHashMap<>();
  private final Map<Integer, Ioctl> lastOfThread = new HashMap<>();
  private final Map<Integer, QemuLine> lineBefore = new HashMap<>();
  private final Map<Integer, Long> indexBefore = new HashMap<>();
  private int waiting;
  private int paired;

  MemslotPairs(Clocks clocks, KernelWindow trace) {
    this.clocks = clocks;
    this.trace = trace;
  }

  void forget() {
    ioctls.clear();
    lastOfThread.clear();
  }

  /** How many memslot requests have their ioctl. */
  int paired() {
    return paired;
  }

  /** Takes the next line of the kernel's trace; {@code returns} if its return may follow. */
  void read(long index, KernelLine line, boolean returns) {
    if (line.fact() instanceof Called called && called.call() instanceof SetMemslot set) {
      Ioctl made = new Ioctl(index, line.timeNanos());
      Ioctl before = lastOfThread.put(line.thread(), made);
      if (before != null) {
        before.isLast = false;
        before.nextNanos = line.timeNanos();
      }
      if (!returns) {
        add(made, asRequest(set, 0), index, line.timeNanos());
      }
    }
  }

  /** Takes the return of a call. */
  void returned(long call, KernelLine called, long ret, KernelLine line) {
    Ioctl made = lastOfThread.get(called.thread());
    if (called.fact() instanceof Called fact
        && fact.call() instanceof SetMemslot set
        && line.fact() instanceof Returned returned
        && made != null
        && made.call == call) {
      add(made, asRequest(set, (int) returned.value()), ret, line.timeNanos());
    }
  }

  private void add(Ioctl made, MemslotRequested asked, long done, @Nullable Long doneNanos) {
    made.done = done;
    made.doneNanos = doneNanos;
    ioctls.computeIfAbsent(asked, key -> new ArrayDeque<>()).add(made);
    if (++waiting > WAITING_MAX) {
      waiting -= ioctls.pollFirstEntry().getValue().size();
    }
  }

  /** Finds the ioctl of the next line of QEMU's log. */
  void pair(Entry entry) {
    QemuLine line = entry.line();
    if (line.event() instanceof MemslotRequested request) {
      Ioctl ioctl = next(request, line.timeNanos());
      if (ioctl != null) {
        entry.reports(ioctl.call, ioctl.done);
        paired++;
        QemuLine before = lineBefore.get(line.thread());
        Long index = indexBefore.get(line.thread());
        if (before != null
            && index != null
            && clocks.qemuMayPrecede(before.timeNanos(), ioctl.callNanos)) {
          trace.follows(ioctl.call, index);
        }
      }
    }
    lineBefore.put(line.thread(), line);
    indexBefore.put(line.thread(), entry.index);
  }

  private @Nullable Ioctl next(MemslotRequested request, @Nullable Long time) {
    Deque<Ioctl> open = ioctls.get(request);
    while (open != null && !open.isEmpty()) {
      Ioctl ioctl = open.element();
      if (!clocks.kernelMayPrecede(ioctl.doneNanos, time)) {
        return null;
      }
      open.remove();
      waiting--;
      if (open.isEmpty()) {
        ioctls.remove(request);
      }
      if (ioctl.isLast || clocks.qemuMayPrecede(time, ioctl.nextNanos)) {
        return ioctl;
      }
    }
    return null;
  }

  private static MemslotRequested asRequest(SetMemslot set, int ret) {
    return new MemslotRequested(set.slot(), set.flags(), set.gpa(), set.size(), set.hva(), ret);
  }
}
