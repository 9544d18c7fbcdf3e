package org.pagetrail.traceimport.join;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.join.LogWindow.Entry;

/**
 * Both logs in one order: each log keeps its own, pairs keep theirs, and between those time
 * decides; at the same time the kernel comes first. Lines of one input stay in its order.
 *
 * <p>Both are read ahead of the line that is next, so that its pairs are known: a second, as far as
 * that is within the limit on what is kept.
 */
public final class MergedOrder {
  /** More than passes between what QEMU does and its line, and between an ioctl and its report. */
  private static final long AHEAD_NANOS = 1_000_000_000;

  private final LogJoin join;
  private final KernelWindow trace;
  private final LogWindow log;
  private final long errorNanos;
  private boolean logOver;
  private long conflicts;

  /** Starts at the beginning of both. */
  public MergedOrder(LogJoin join) {
    this.join = join;
    this.trace = join.trace();
    this.log = join.log();
    ClockJoin clock = join.clock();
    this.errorNanos = clock == null ? 0 : clock.errorNanos();
  }

  /** True while a line is left; reads what the order of the next one depends on. */
  public boolean hasNext() {
    if (!logOver && log.isEnded() && log.first() == null) {
      logOver = true;
      join.pairs().end();
    }
    if (logOver) {
      return trace.has(trace.first());
    }
    readAhead();
    return kernelLeft() || log.first() != null;
  }

  /** True if the next line is one of the kernel's trace. */
  public boolean kernelIsNext() {
    Entry qemu = log.first();
    if (!kernelLeft() || qemu == null || qemu == log.firstUnpaired()) {
      return kernelLeft();
    }
    boolean kernelReady = trace.afterLog(trace.first()) < qemu.index;
    boolean qemuReady = qemu.afterKernel() < trace.first();
    if (kernelReady != qemuReady) {
      return kernelReady;
    }
    return kernelIsEarlier(qemu);
  }

  /** The next line of the kernel's trace; it is kept until it is dropped there. */
  public long nextKernel() {
    Entry qemu = log.first();
    if (qemu != null && trace.afterLog(trace.first()) >= qemu.index) {
      conflicts++;
    }
    return trace.first();
  }

  /** Takes the next line of QEMU's log. */
  public Entry takeQemu() {
    Entry qemu = Objects.requireNonNull(log.first());
    if (kernelLeft() && qemu.afterKernel() >= trace.first()) {
      conflicts++;
    }
    if (qemu == log.firstUnpaired()) {
      log.dropFirstUnpaired();
    }
    log.dropFirst();
    return qemu;
  }

  /** How often pairs demanded opposite orders, so that one of them is not kept. */
  public long conflicts() {
    return conflicts;
  }

  private void readAhead() {
    if (!kernelLeft()) {
      trace.read();
    }
    if (log.first() == null) {
      readLog();
    }
    Long next = earliest();
    if (next == null) {
      while (trace.read()) {
        // As far as there is room.
      }
      while (readLog()) {
        // As far as there is room.
      }
    } else {
      long until = next + AHEAD_NANOS + 2 * errorNanos;
      while (!trace.isReadTo(until) && trace.read()) {
        // Reading is all it takes.
      }
      ClockJoin clock = join.clock();
      long untilOfLog = clock == null ? until : until + clock.offsetNanos();
      while (!log.isReadTo(untilOfLog) && readLog()) {
        // Reading is all it takes.
      }
    }
    for (Entry qemu = log.firstUnpaired();
        qemu != null && isCovered(qemu);
        qemu = log.firstUnpaired()) {
      log.dropFirstUnpaired();
      join.pairs().pair(qemu);
    }
  }

  private boolean readLog() {
    if (!join.isOneInput()) {
      return log.read();
    }
    log.readBeside();
    if (trace.isEnded()) {
      log.end();
    }
    return false;
  }

  /** The earlier time of the two next lines, null if neither has one. */
  private @Nullable Long earliest() {
    Long kernel = kernelLeft() ? trace.line(trace.first()).timeNanos() : null;
    Entry first = log.first();
    Long qemu = first == null ? null : join.timeNanos(first.line());
    if (kernel == null || qemu == null) {
      return kernel == null ? qemu : kernel;
    }
    return Math.min(kernel, qemu);
  }

  /** True if every line of the trace was read that the line may belong to, or there is no room. */
  private boolean isCovered(Entry qemu) {
    Long time = join.timeNanos(qemu.line());
    if (trace.isEnded() || (time != null && trace.isReadTo(time + errorNanos))) {
      return true;
    }
    Long kernel = trace.isFull() ? trace.line(trace.first()).timeNanos() : null;
    return trace.isFull() && (time == null || kernel == null || time - errorNanos <= kernel);
  }

  private boolean kernelIsEarlier(Entry qemu) {
    KernelLine ofKernel = trace.line(trace.first());
    if (join.isOneInput() && ofKernel.source().input().equals(qemu.line().source().input())) {
      return ofKernel.isBefore(qemu.line());
    }
    Long kernelTime = ofKernel.timeNanos();
    return !precedes(join.timeNanos(qemu.line()), kernelTime);
  }

  /** A line of QEMU's log without a time comes as soon as its pair lets it. */
  private static boolean precedes(@Nullable Long qemu, @Nullable Long kernel) {
    return qemu == null || (kernel != null && qemu < kernel);
  }

  private boolean kernelLeft() {
    return trace.first() < trace.end();
  }
}
