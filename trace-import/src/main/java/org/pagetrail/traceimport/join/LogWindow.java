package org.pagetrail.traceimport.join;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.QemuLine;

/** The lines of QEMU's log that were read and are not yet events; see {@link KernelWindow}. */
public final class LogWindow {

  /** A line with what belongs to it in the kernel's trace. */
  public static final class Entry {
    final long index;
    private final QemuLine line;
    private @Nullable MmioExit exit;
    private int thread = QemuThreads.NONE;
    private long memslot = KernelWindow.NONE;
    private long afterKernel = KernelWindow.NONE;
    boolean isPaired;

    Entry(long index, QemuLine line) {
      this.index = index;
      this.line = line;
    }

    /** The line. */
    public QemuLine line() {
      return line;
    }

    /** The kvm_mmio line of the exit that QEMU serves here, or {@link KernelWindow#NONE}. */
    public long exit() {
      return exit == null ? KernelWindow.NONE : exit.line;
    }

    /** The thread of the vCPU whose exit QEMU serves here, else the one that the line names. */
    public int thread() {
      return exit == null ? line.thread() : thread;
    }

    /** The call of the ioctl that this line reports, or {@link KernelWindow#NONE}. */
    public long memslot() {
      return memslot;
    }

    /** The last kernel line that must stand before this one. */
    long afterKernel() {
      return afterKernel;
    }

    void serves(MmioExit served, int vcpuThread) {
      exit = served;
      thread = vcpuThread;
      follows(served.left);
    }

    void reports(long call, long done) {
      memslot = call;
      follows(done);
    }

    private void follows(long kernelLine) {
      afterKernel = Math.max(afterKernel, kernelLine);
    }
  }

  private final Lines<QemuLine> source;
  private final int linesMax;
  private final Deque<Entry> kept = new ArrayDeque<>();
  private final Deque<Entry> unpaired = new ArrayDeque<>();
  private long count;
  private boolean ended;
  private boolean anyTime;
  private long latest;

  LogWindow(Lines<QemuLine> source, int linesMax) {
    this.source = source;
    this.linesMax = linesMax;
  }

  boolean isEnded() {
    return ended;
  }

  boolean isFull() {
    return kept.size() >= linesMax;
  }

  boolean isReadTo(long timeNanos) {
    return anyTime && latest >= timeNanos;
  }

  /** The first line that is no event, null if none was read. */
  @Nullable Entry first() {
    return kept.peek();
  }

  /** The first line that has no place in the kernel's trace yet, null if none was read. */
  @Nullable Entry firstUnpaired() {
    return unpaired.peek();
  }

  void dropFirst() {
    kept.remove();
  }

  void dropFirstUnpaired() {
    unpaired.remove();
  }

  Iterator<Entry> iterator() {
    return kept.iterator();
  }

  /** Reads a line; false if there is none, or no room. */
  boolean read() {
    if (ended || isFull()) {
      return false;
    }
    QemuLine line = source.next();
    if (line == null) {
      ended = true;
      return false;
    }
    add(line);
    return true;
  }

  /** Takes lines that were read on the way to lines of the kernel in the same input. */
  void readBeside() {
    for (QemuLine line = source.next(); line != null; line = source.next()) {
      add(line);
    }
  }

  void end() {
    ended = true;
  }

  private void add(QemuLine line) {
    Entry entry = new Entry(count++, line);
    kept.add(entry);
    unpaired.add(entry);
    Long time = line.timeNanos();
    if (time != null) {
      latest = anyTime ? Math.max(latest, time) : time;
      anyTime = true;
    }
  }
}
