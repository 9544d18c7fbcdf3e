package org.pagetrail.traceimport.join;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.KernelCall.SetMemslot;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelFact.Called;
import org.pagetrail.traceimport.capture.KernelFact.LeftToUserspace;
import org.pagetrail.traceimport.capture.KernelFact.Returned;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.ProbeMeaning;
import org.pagetrail.traceimport.capture.SystemCalls.Run;

/**
 * The monitor's system calls put into the kernel's trace of the same run, in the order of time.
 * What the trace has itself is kept from there: the ends of KVM_RUN, the ioctl of memslots.
 */
public final class SystemCallJoin implements Lines<KernelLine> {
  private final Lines<KernelLine> trace;
  private final Lines<KernelLine> calls;
  private final ClockJoin clock;
  private final boolean runs;
  private final boolean memslots;
  private @Nullable KernelLine line;
  private @Nullable KernelLine call;

  /**
   * Puts calls into a trace.
   *
   * @param beginning the first lines of the trace, which say what it has itself
   * @param clock how the times of the calls become those of the trace
   */
  public SystemCallJoin(
      Lines<KernelLine> trace,
      List<KernelLine> beginning,
      Lines<KernelLine> calls,
      ClockJoin clock) {
    this.trace = trace;
    this.calls = calls;
    this.clock = clock;
    this.runs = beginning.stream().anyMatch(of -> of.fact() instanceof LeftToUserspace);
    this.memslots = beginning.stream().anyMatch(of -> isMemslot(of.fact()));
  }

  @Override
  public @Nullable KernelLine next() {
    if (line == null) {
      line = trace.next();
    }
    if (line == null && !trace.isEnded()) {
      return null;
    }
    if (call == null) {
      call = nextCall();
    }
    KernelLine ofTrace = line;
    KernelLine ofCalls = call;
    Long time = ofCalls == null ? null : ofCalls.timeNanos();
    if (time != null && (ofTrace == null || isAfter(ofTrace, time))) {
      call = null;
      return ofCalls;
    }
    line = null;
    return ofTrace;
  }

  @Override
  public boolean isEnded() {
    return trace.isEnded();
  }

  /** The next call that the trace does not have, on the clock of the trace. */
  private @Nullable KernelLine nextCall() {
    for (KernelLine made = calls.next(); made != null; made = calls.next()) {
      Long time = made.timeNanos();
      boolean known =
          (runs && made.fact() instanceof LeftToUserspace) || (memslots && isMemslot(made.fact()));
      if (time != null && !known) {
        return new KernelLine(
            made.source(), time - clock.offsetNanos(), made.thread(), made.process(), made.fact());
      }
    }
    return null;
  }

  /**
   * The join that follows from ends of KVM_RUN that both sides saw: the kernel says that a vCPU
   * leaves after it was told to run, and before its thread was next seen outside. Null if the two
   * do not tell of the same ends.
   *
   * @param isWhole false if only the beginnings of both are known, so that one may go on for longer
   */
  public static @Nullable ClockJoin byRuns(
      List<KernelLine> trace, List<Run> runs, boolean isWhole) {
    Map<Integer, List<Long>> left = new HashMap<>();
    for (KernelLine line : trace) {
      Long time = line.timeNanos();
      if (time != null && line.fact() instanceof LeftToUserspace) {
        left.computeIfAbsent(line.thread(), key -> new ArrayList<>()).add(time);
      }
    }
    Map<Integer, List<Run>> made = new TreeMap<>();
    runs.forEach(run -> made.computeIfAbsent(run.thread(), key -> new ArrayList<>()).add(run));
    ClockJoin.Window window = ClockJoin.Window.OPEN;
    for (Map.Entry<Integer, List<Run>> thread : made.entrySet()) {
      List<Long> ends = left.getOrDefault(thread.getKey(), List.of());
      int both = Math.min(ends.size(), thread.getValue().size());
      boolean same = !isWhole || ends.size() == thread.getValue().size();
      for (int i = 0; same && i < both; i++) {
        Run run = thread.getValue().get(i);
        Long ended = run.endedBeforeNanos();
        window = window.before(run.beganNanos(), ends.get(i));
        window = ended == null ? window : window.after(ended, ends.get(i));
      }
    }
    return window.join();
  }

  private static boolean isMemslot(KernelFact fact) {
    return (fact instanceof Called called && called.call() instanceof SetMemslot)
        || (fact instanceof Returned returned && returned.meaning() == ProbeMeaning.SET_MEMSLOT);
  }

  private static boolean isAfter(KernelLine line, long time) {
    Long own = line.timeNanos();
    return own != null && own > time;
  }
}
