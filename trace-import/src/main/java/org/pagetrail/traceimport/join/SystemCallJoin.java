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
 * The monitor's system calls put into the kernel's trace of the same run. What the trace has itself
 * is kept from there: the ends of KVM_RUN, the ioctl of memslots.
 *
 * @param lines of both, in the order of time
 * @param clock how the times of the calls became those of the trace
 */
public record SystemCallJoin(List<KernelLine> lines, ClockJoin clock) {
  /** Copies the lines. */
  public SystemCallJoin {
    lines = List.copyOf(lines);
  }

  /** Puts calls into a trace with the clocks joined so. */
  public static SystemCallJoin of(List<KernelLine> trace, List<KernelLine> calls, ClockJoin clock) {
    boolean runs = trace.stream().anyMatch(line -> line.fact() instanceof LeftToUserspace);
    boolean memslots = trace.stream().anyMatch(line -> isMemslot(line.fact()));
    List<KernelLine> merged = new ArrayList<>(trace.size() + calls.size());
    int next = 0;
    for (KernelLine call : calls) {
      Long time = call.timeNanos();
      if (time == null
          || (runs && call.fact() instanceof LeftToUserspace)
          || (memslots && isMemslot(call.fact()))) {
        continue;
      }
      long onTrace = time - clock.offsetNanos();
      while (next < trace.size() && !isAfter(trace.get(next), onTrace)) {
        merged.add(trace.get(next++));
      }
      merged.add(
          new KernelLine(call.source(), onTrace, call.thread(), call.process(), call.fact()));
    }
    merged.addAll(trace.subList(next, trace.size()));
    return new SystemCallJoin(merged, clock);
  }

  /**
   * The join that follows from ends of KVM_RUN that both sides saw: the kernel says that a vCPU
   * leaves after it was told to run, and before its thread was next seen outside. Null if the two
   * do not tell of the same ends.
   */
  public static @Nullable ClockJoin byRuns(List<KernelLine> trace, List<Run> runs) {
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
      for (int i = 0; ends.size() == thread.getValue().size() && i < ends.size(); i++) {
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
