package org.pagetrail.traceimport.link;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.KernelCall.SetMemslot;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelFact.Called;
import org.pagetrail.traceimport.capture.KernelFact.Marker;
import org.pagetrail.traceimport.capture.KernelFact.OfVcpu;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.Snapshot;
import org.pagetrail.traceimport.input.Misunderstood;
import org.pagetrail.traceimport.join.LogJoin;
import org.pagetrail.traceimport.join.MergedOrder;

/** Adds everything that happened during the run to a trail, in order and with its causes. */
public final class CaptureLinker {
  private final LogJoin join;
  private final KernelLinker kernel;
  private final QemuLinker qemu;
  private final SnapshotLinker snapshots;
  private final List<String> warnings;

  /**
   * Prepares to add a capture.
   *
   * @param filesByBlock the file that fills a RAM block at start, by the block's name
   * @param kernelMisunderstood where lines of the kernel's trace are counted that pair with none
   * @param warnings what does not fit is added here
   */
  public CaptureLinker(
      TrailWriter out,
      Capture capture,
      LogJoin join,
      Map<String, String> filesByBlock,
      Misunderstood kernelMisunderstood,
      List<String> warnings) {
    this.join = join;
    this.warnings = warnings;
    SlotTable slots = new SlotTable();
    QemuEffects effects = new QemuEffects();
    kernel = new KernelLinker(out, join.trace(), slots, effects, kernelMisunderstood);
    boolean kernelSetsMemslots =
        join.trace().lines().stream()
            .anyMatch(line ->
                line.fact() instanceof Called called && called.call() instanceof SetMemslot);
    qemu = new QemuLinker(out, join, kernel, slots, effects, kernelSetsMemslots);
    snapshots = new SnapshotLinker(out, capture, slots, filesByBlock, warnings);
  }

  /** Adds all events from the first line to the last. */
  public void link() {
    int start = firstLineOfGuest(join.trace().lines());
    boolean started = false;
    MergedOrder order = new MergedOrder(join);
    while (order.hasNext()) {
      boolean fromKernel = order.kernelIsNext();
      int index = fromKernel ? order.takeKernel() : order.takeQemu();
      Long time = fromKernel ? join.trace().timeNanos(index) : join.qemuTimeNanos(index);
      if (!started && (fromKernel ? index == start : isOfGuest(index))) {
        addBefore(time);
        started = true;
      }
      if (time != null) {
        snapshots.addChecksBefore(time);
      }
      if (fromKernel) {
        kernel.link(index);
      } else {
        qemu.link(index);
      }
    }
    if (!started) {
      snapshots.add(Snapshot.BEFORE);
    }
    snapshots.add(Snapshot.AFTER);
    snapshots.addChecks();
    if (order.conflicts() > 0) {
      warnings.add(
          "lines that both logs have demand opposite orders "
              + order.conflicts()
              + " times; there the order follows the clock");
    }
  }

  private void addBefore(@Nullable Long time) {
    if (time != null) {
      snapshots.addChecksBefore(time);
    }
    snapshots.add(Snapshot.BEFORE);
  }

  /** Without a kernel trace the first access of a vCPU tells that the guest runs. */
  private boolean isOfGuest(int qemuLine) {
    return join.trace().lines().isEmpty() && join.log().get(qemuLine).vcpu() >= 0;
  }

  /** The first line that a running guest caused, or the markers right before it. */
  private static int firstLineOfGuest(List<KernelLine> lines) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).fact() instanceof OfVcpu) {
        int first = i;
        while (first > 0 && isMarker(lines.get(first - 1).fact())) {
          first--;
        }
        return first;
      }
    }
    return -1;
  }

  private static boolean isMarker(KernelFact fact) {
    return fact instanceof Marker;
  }
}
