package org.pagetrail.traceimport.join;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.KernelLine;

/**
 * The lines of a kernel trace that were read and are not yet events. Lines are named by their
 * number in the trace, counted from 0 to 2^63-1. As many are kept as it takes to know what a line
 * means, and never more than {@value #LINES_MAX}: a return, an MMIO exit or a counterpart in QEMU's
 * log that is further away is taken for none.
 */
public final class KernelWindow {
  /** No line. */
  public static final long NONE = -1;

  static final int LINES_MAX = 1 << 16;
  private static final int LINES_FIRST = 1 << 10;

  /** Takes note of lines in their order. */
  interface Listener {
    /** A line was read; {@code isOpen} for a call whose return may follow. */
    void read(long index, KernelLine line, boolean isOpen);

    /** The return of a call was read. */
    void returned(long call, KernelLine called, long ret, KernelLine line);
  }

  private final Lines<KernelLine> source;
  private final int linesMax;
  private final VcpuThreads vcpus;
  private final CallNesting nesting;
  private @Nullable Listener listener;

  /** What is known of a line that is kept. */
  private static final class Kept {
    @Nullable KernelLine line;
    @Nullable KernelLine peer;
    long returnedAt;
    long afterLog;
    boolean isOpen;
  }

  private Kept[] kept = made(LINES_FIRST);
  private long first;
  private long end;
  private boolean ended;
  private boolean anyTime;
  private long latest;

  /** Reads from {@code source} as it is asked. */
  public KernelWindow(Lines<KernelLine> source, TraceFacts facts) {
    this(source, facts, LINES_MAX);
  }

  /** The same with another limit on what is kept. */
  KernelWindow(Lines<KernelLine> source, TraceFacts facts, int linesMax) {
    this.source = source;
    this.linesMax = linesMax;
    this.vcpus = new VcpuThreads(facts);
    this.nesting = new CallNesting(facts.returns(), new Pairs());
  }

  /** Tells {@code to} of every line from now on; nobody if null. */
  void listen(@Nullable Listener to) {
    listener = to;
  }

  /** Which thread is which vCPU. */
  public VcpuThreads vcpus() {
    return vcpus;
  }

  /** The first line that is kept. */
  public long first() {
    return first;
  }

  /** The line behind the last that was read. */
  public long end() {
    return end;
  }

  boolean isEnded() {
    return ended;
  }

  boolean isFull() {
    return end - first >= linesMax;
  }

  /** True if a line was read up to a time. */
  boolean isReadTo(long timeNanos) {
    return anyTime && latest >= timeNanos;
  }

  /** True if the trace has this line and it is kept; reads on to know. */
  public boolean has(long index) {
    while (end <= index && read()) {
      // Reading is all it takes.
    }
    return index >= first && index < end;
  }

  /** A line that is kept. */
  public KernelLine line(long index) {
    return Objects.requireNonNull(at(index).line);
  }

  /** The call of a return, the return of a call, or null if it has none; reads on to know. */
  public @Nullable KernelLine peer(long index) {
    while (at(index).isOpen && read()) {
      // Reading is all it takes.
    }
    if (at(index).isOpen) {
      nesting.giveUp(index, line(index).thread());
    }
    return at(index).peer;
  }

  /** The number of the return of a call that has one, else {@link #NONE}. */
  public long returnOf(long call) {
    return peer(call) == null ? NONE : at(call).returnedAt;
  }

  /** The last line of QEMU's log that must stand before this line. */
  long afterLog(long index) {
    return at(index).afterLog;
  }

  /** A line must stand behind a line of QEMU's log, if it is not an event already. */
  void follows(long index, long logLine) {
    if (index >= first) {
      at(index).afterLog = Math.max(at(index).afterLog, logLine);
    }
  }

  /** Forgets the first line. */
  public void drop() {
    Kept dropped = at(first++);
    dropped.line = null;
    dropped.peer = null;
  }

  /** Reads a line; false if there is none, or no room. */
  boolean read() {
    if (ended || isFull()) {
      return false;
    }
    KernelLine line = source.next();
    if (line == null) {
      ended = source.isEnded();
      return false;
    }
    if (end - first == kept.length) {
      grow();
    }
    long index = end++;
    Kept slot = at(index);
    slot.line = line;
    slot.afterLog = NONE;
    Long time = line.timeNanos();
    if (time != null) {
      latest = anyTime ? Math.max(latest, time) : time;
      anyTime = true;
    }
    vcpus.see(line);
    slot.isOpen = nesting.add(index, line);
    if (listener != null) {
      listener.read(index, line, slot.isOpen);
    }
    return true;
  }

  private Kept at(long index) {
    return kept[(int) index & (kept.length - 1)];
  }

  private void grow() {
    Kept[] before = kept;
    kept = made(2 * before.length);
    for (long i = first; i < end; i++) {
      kept[(int) i & (kept.length - 1)] = before[(int) i & (before.length - 1)];
    }
  }

  private static Kept[] made(int length) {
    Kept[] made = new Kept[length];
    Arrays.setAll(made, i -> new Kept());
    return made;
  }

  /** Notes what becomes of calls. */
  private final class Pairs implements CallNesting.Sink {
    @Override
    public void returned(long call, long ret) {
      Kept of = at(call);
      of.peer = line(ret);
      of.returnedAt = ret;
      of.isOpen = false;
      at(ret).peer = line(call);
      if (listener != null) {
        listener.returned(call, line(call), ret, line(ret));
      }
    }

    @Override
    public void lost(long call) {
      at(call).isOpen = false;
    }
  }
}
