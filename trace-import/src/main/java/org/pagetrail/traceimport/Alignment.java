package org.pagetrail.traceimport;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.ClockSample;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.QemuClock;
import org.pagetrail.traceimport.capture.QemuLine;
import org.pagetrail.traceimport.capture.SystemCalls;
import org.pagetrail.traceimport.input.ImportException;
import org.pagetrail.traceimport.join.ClockJoin;
import org.pagetrail.traceimport.join.KernelTrace;
import org.pagetrail.traceimport.join.LogJoin;
import org.pagetrail.traceimport.join.LogJoin.ClockFacts;
import org.pagetrail.traceimport.join.SystemCallJoin;

/**
 * Which inputs tell what happened, and how their clocks are joined.
 *
 * @param kernelInput the trace of the kernel or of system calls; null without one
 * @param qemuClock what the times of QEMU's log count from
 * @param systemCalls how the clock of system calls became that of the kernel's trace; null where
 *     they are not of two inputs
 */
record Alignment(
    @Nullable String kernelInput,
    LogJoin join,
    QemuClock qemuClock,
    @Nullable ClockJoin systemCalls) {
  private static final String GIVE_OFFSET =
      "give the difference of the two clocks as --offset SECONDS, or import one of them alone";

  /**
   * Joins what happened.
   *
   * @param warnings what does not fit is added here
   * @return null if no input tells what happened
   * @throws ImportException if the clocks of two inputs cannot be joined
   */
  static @Nullable Alignment of(Capture capture, ImportOptions options, List<String> warnings) {
    String kernelInput = largest("kernel trace", capture.kernelTraces(), warnings);
    String qemuInput = largest("QEMU log", capture.qemuLogs(), warnings);
    Map<String, List<KernelLine>> calls = new TreeMap<>();
    capture.systemCalls().forEach((input, of) -> calls.put(input, of.lines()));
    String callInput = largest("trace of system calls", calls, warnings);
    if (kernelInput == null && qemuInput == null && callInput == null) {
      return null;
    }
    List<KernelLine> lines = kernelInput == null ? List.of() : capture.kernelTrace(kernelInput);
    ClockJoin callJoin = null;
    boolean sameClock = false;
    if (callInput != null) {
      SystemCalls made = capture.systemCalls(callInput);
      if (lines.isEmpty()) {
        kernelInput = callInput;
        lines = made.lines();
        sameClock = made.clock() == SystemCalls.Clock.REALTIME;
      } else {
        callJoin = clockOf(made, callInput, lines, capture, options);
        lines = SystemCallJoin.of(lines, made.lines(), callJoin).lines();
      }
    }
    List<QemuLine> log = qemuInput == null ? List.of() : capture.qemuLog(qemuInput);
    QemuClock clock = qemuInput == null ? QemuClock.REALTIME : capture.qemuClock(qemuInput);
    KernelTrace trace = KernelTrace.of(own(lines, kernelInput, options, warnings), log);
    Long offset = options.offsetNanos();
    boolean known = offset != null || !sameClock || clock != QemuClock.REALTIME;
    LogJoin join =
        LogJoin.of(
            trace,
            log,
            new ClockFacts(
                clock,
                kernelInput == null ? List.of() : samples(capture, kernelInput, callInput),
                known ? offset : Long.valueOf(0)));
    if (join.clock() == null && timed(trace.lines()) && log.stream().anyMatch(Alignment::timed)) {
      throw unaligned(String.valueOf(qemuInput), String.valueOf(kernelInput));
    }
    return new Alignment(kernelInput, join, clock, callJoin);
  }

  /** Samples of the monotonic clock say nothing about a trace whose times are those of strace. */
  private static List<ClockSample> samples(
      Capture capture, String kernelInput, @Nullable String callInput) {
    return kernelInput.equals(callInput) ? List.of() : capture.clockSamples();
  }

  private static ClockJoin clockOf(
      SystemCalls calls,
      String callInput,
      List<KernelLine> trace,
      Capture capture,
      ImportOptions options) {
    boolean since1970 = calls.clock() == SystemCalls.Clock.REALTIME;
    Long offset = options.offsetNanos();
    if (offset != null && since1970) {
      return ClockJoin.given(offset);
    }
    ClockJoin sampled = since1970 ? ClockJoin.of(capture.clockSamples()) : null;
    ClockJoin join = sampled == null ? SystemCallJoin.byRuns(trace, calls.runs()) : sampled;
    if (join == null) {
      throw unaligned(callInput, trace.getFirst().source().input());
    }
    return join;
  }

  private static ImportException unaligned(String one, String other) {
    return new ImportException(
        one,
        "clocks not joined",
        "neither clock samples nor events that both saw tell how its times and those of "
            + other
            + " belong together",
        GIVE_OFFSET);
  }

  private static boolean timed(List<KernelLine> lines) {
    return lines.stream().anyMatch(line -> line.timeNanos() != null);
  }

  private static boolean timed(QemuLine line) {
    return line.timeNanos() != null;
  }

  private static List<KernelLine> own(
      List<KernelLine> all, @Nullable String input, ImportOptions options, List<String> warnings) {
    List<KernelLine> own = MonitorProcess.linesOf(all, options.process());
    if (own.size() < all.size()) {
      warnings.add(
          input
              + ": "
              + (all.size() - own.size())
              + " lines belong to another process that runs vCPUs and are left out");
    }
    return own;
  }

  /** The input with most lines; a capture may have an excerpt beside the whole. */
  private static <T> @Nullable String largest(
      String what, Map<String, List<T>> byInput, List<String> warnings) {
    String largest = null;
    int lines = -1;
    for (Map.Entry<String, List<T>> input : byInput.entrySet()) {
      if (input.getValue().size() > lines) {
        largest = input.getKey();
        lines = input.getValue().size();
      }
    }
    if (byInput.size() > 1) {
      warnings.add("more than one " + what + "; the largest is used: " + largest);
    }
    return largest;
  }
}
