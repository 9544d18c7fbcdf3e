package org.pagetrail.traceimport.join;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Source;

/**
 * Both logs in one order: each log keeps its own, pairs keep theirs, and between those time
 * decides; at the same time the kernel comes first. Lines of one input stay in its order.
 */
public final class MergedOrder {
  private final LogJoin join;
  private int kernel;
  private int qemu;
  private long conflicts;

  /** Starts at the beginning of both. */
  public MergedOrder(LogJoin join) {
    this.join = join;
  }

  /** True while a line is left. */
  public boolean hasNext() {
    return kernelLeft() || qemuLeft();
  }

  /** True if the next line is one of the kernel's trace. */
  public boolean kernelIsNext() {
    if (!kernelLeft() || !qemuLeft()) {
      return kernelLeft();
    }
    boolean kernelReady = join.pairs().afterQemu(kernel) < qemu;
    boolean qemuReady = join.pairs().afterKernel(qemu) < kernel;
    if (kernelReady != qemuReady) {
      return kernelReady;
    }
    return kernelIsEarlier();
  }

  /** The index of the next line of the kernel's trace. */
  public int takeKernel() {
    if (qemuLeft() && join.pairs().afterQemu(kernel) >= qemu) {
      conflicts++;
    }
    return kernel++;
  }

  /** The index of the next line of QEMU's log. */
  public int takeQemu() {
    if (kernelLeft() && join.pairs().afterKernel(qemu) >= kernel) {
      conflicts++;
    }
    return qemu++;
  }

  /** How often pairs demanded opposite orders, so that one of them is not kept. */
  public long conflicts() {
    return conflicts;
  }

  private boolean kernelIsEarlier() {
    Source ofKernel = join.trace().lines().get(kernel).source();
    Source ofQemu = join.log().get(qemu).source();
    if (ofKernel.input().equals(ofQemu.input())) {
      return ofKernel.line() < ofQemu.line();
    }
    Long kernelTime = join.trace().timeNanos(kernel);
    Long qemuTime = join.qemuTimeNanos(qemu);
    return !precedes(qemuTime, kernelTime);
  }

  /** A line of QEMU's log without a time comes as soon as its pair lets it. */
  private static boolean precedes(@Nullable Long qemu, @Nullable Long kernel) {
    return qemu == null || (kernel != null && qemu < kernel);
  }

  private boolean kernelLeft() {
    return kernel < join.trace().lines().size();
  }

  private boolean qemuLeft() {
    return qemu < join.log().size();
  }
}
