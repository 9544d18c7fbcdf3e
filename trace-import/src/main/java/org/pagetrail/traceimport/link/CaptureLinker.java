package org.pagetrail.traceimport.link;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.KernelFact.OfVcpu;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.Snapshot;
import org.pagetrail.traceimport.input.Misunderstood;
import org.pagetrail.traceimport.join.LogJoin;
import org.pagetrail.traceimport.join.LogWindow;
import org.pagetrail.traceimport.join.MergedOrder;

/** Adds everything that happened during the run to a trail, in order and with its causes. */
public final class CaptureLinker {
  private final LogJoin join;
  private final KernelLinker kernel;
  private final QemuLinker qemu;
  private final SnapshotLinker snapshots;
  private final List<String> warnings;
  private boolean started;

  /**
   * Prepares to add a capture.
   *
   * @param filesByBlock the file that fills a RAM block at start, by the block's name
   * @param dumpStarts the address of the first page of a dump of pagemap, by input
   * @param kernelMisunderstood where lines of the kernel's trace are counted that pair with none
   * @param warnings what does not fit is added here
   */
  public CaptureLinker(
      TrailWriter out,
      Capture capture,
      LogJoin join,
      Map<String, String> filesByBlock,
      Map<String, Hva> dumpStarts,
      Misunderstood kernelMisunderstood,
      List<String> warnings) {
    this.join = join;
    this.warnings = warnings;
    SlotTable slots = new SlotTable();
    QemuEffects effects = new QemuEffects();
    kernel = new KernelLinker(out, join.trace(), slots, effects, kernelMisunderstood);
    qemu = new QemuLinker(out, join, kernel, slots, effects);
    snapshots = new SnapshotLinker(out, capture, slots, filesByBlock, dumpStarts, warnings);
  }

  /** Adds all events from the first line to the last. */
  public void link() {
    MergedOrder order = new MergedOrder(join);
    while (order.hasNext()) {
      if (order.kernelIsNext()) {
        link(order.nextKernel());
      } else {
        link(order.takeQemu());
      }
    }
    if (!started) {
      snapshots.add(Snapshot.BEFORE);
    }
    snapshots.addLast();
    snapshots.addChecks();
    if (order.conflicts() > 0) {
      warnings.add(
          "lines that both logs have demand opposite orders "
              + order.conflicts()
              + " times; there the order follows the clock");
    }
  }

  private void link(long index) {
    KernelLine line = join.trace().line(index);
    addBefore(!started && isOfGuest(line, index), line.timeNanos());
    kernel.link(index);
    join.trace().drop();
  }

  private void link(LogWindow.Entry entry) {
    addBefore(!started && isOfGuest(entry), join.timeNanos(entry.line()));
    qemu.link(entry);
  }

  /** Adds what was looked at before a line. */
  private void addBefore(boolean isStart, @Nullable Long time) {
    if (time != null) {
      snapshots.addChecksBefore(time);
    }
    if (isStart) {
      snapshots.add(Snapshot.BEFORE);
      started = true;
    }
    if (started && time != null) {
      snapshots.addTakenBefore(time);
    }
  }

  /** Without a kernel trace the first access of a vCPU tells that the guest runs. */
  private boolean isOfGuest(LogWindow.Entry entry) {
    return join.facts().isEmpty() && entry.line().vcpu() >= 0;
  }

  /** The first line that a running guest caused, or the markers right before it. */
  private boolean isOfGuest(KernelLine line, long index) {
    long first = join.facts().firstOfGuest();
    return first < 0 ? line.fact() instanceof OfVcpu : index == first;
  }
}
