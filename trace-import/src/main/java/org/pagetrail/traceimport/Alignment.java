package org.pagetrail.traceimport;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.ClockSample;
import org.pagetrail.traceimport.capture.Happening;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.QemuClock;
import org.pagetrail.traceimport.capture.QemuLine;
import org.pagetrail.traceimport.capture.SystemCalls;
import org.pagetrail.traceimport.capture.Teller;
import org.pagetrail.traceimport.input.ImportException;
import org.pagetrail.traceimport.join.ClockChoice;
import org.pagetrail.traceimport.join.ClockChoice.ClockFacts;
import org.pagetrail.traceimport.join.ClockJoin;
import org.pagetrail.traceimport.join.GivenOffset;
import org.pagetrail.traceimport.join.KernelWindow;
import org.pagetrail.traceimport.join.Lines;
import org.pagetrail.traceimport.join.LogJoin;
import org.pagetrail.traceimport.join.SystemCallJoin;
import org.pagetrail.traceimport.join.TraceFacts;

/**
 * Which inputs tell what happened, and how their clocks are joined.
 *
 * @param kernelInput the trace of the kernel or of system calls; null without one
 * @param process tells the monitor's lines from those of others
 * @param qemuClock what the times of QEMU's log count from
 * @param systemCalls how the clock of system calls became that of the kernel's trace; null where
 *     they are not of two inputs
 * @param warnings what seems not to belong together
 */
record Alignment(
    @Nullable String kernelInput,
    MonitorProcess process,
    LogJoin join,
    QemuClock qemuClock,
    @Nullable ClockJoin systemCalls,
    List<String> warnings) {
  private static final String GIVE_OFFSET =
      "give the difference of the two clocks as --offset SECONDS, or import one of them alone";

  /**
   * Joins what happened.
   *
   * @return null if no input tells what happened
   * @throws ImportException if the clocks of two inputs cannot be joined
   */
  static @Nullable Alignment of(ToldInputs told, Capture capture, ImportOptions options) {
    OpenInput kernel = told.of(Teller.KERNEL, capture);
    OpenInput log = told.of(Teller.QEMU, capture);
    OpenInput calls = told.of(Teller.SYSTEM_CALLS, capture);
    if (kernel == null && log == null && calls == null) {
      return null;
    }
    told.use(kernel, log, calls);
    List<KernelLine> beginning = kernel == null ? List.of() : kernel.kernelBeginning();
    Lines<KernelLine> lines = kernel == null ? () -> null : kernel.kernelLines();
    ClockJoin callJoin = null;
    List<String> warnings = new ArrayList<>();
    boolean sameClock = false;
    OpenInput told1 = kernel;
    if (calls != null) {
      SystemCalls made = told.callsOf(calls, capture);
      if (beginning.isEmpty()) {
        told1 = calls;
        beginning = calls.kernelBeginning();
        lines = calls.kernelLines();
        sameClock = made.clock() == SystemCalls.Clock.REALTIME;
      } else {
        boolean whole = calls.isEnded() && kernel != null && kernel.isEnded();
        callJoin = clockOf(made, calls.name(), beginning, whole, capture, options, warnings);
        List<KernelLine> ofTrace = beginning;
        beginning =
            all(
                new SystemCallJoin(
                    Lines.of(ofTrace), ofTrace, Lines.of(calls.kernelBeginning()), callJoin));
        lines = new SystemCallJoin(lines, ofTrace, calls.kernelLines(), callJoin);
      }
    }
    String kernelInput = told1 == null ? null : told1.name();
    List<QemuLine> logBeginning = log == null ? List.of() : log.qemuBeginning();
    QemuClock clock = log == null ? QemuClock.REALTIME : told.clockOf(log, capture);
    MonitorProcess process = new MonitorProcess(lines, beginning, options.process());
    List<KernelLine> own = process.own(beginning);
    TraceFacts facts = TraceFacts.of(own, logBeginning);
    Long offset = options.offsetNanos();
    boolean known = offset != null || !sameClock || clock != QemuClock.REALTIME;
    List<ClockSample> samples =
        told1 == null || told1 == calls ? List.of() : capture.clockSamples();
    ClockChoice choice =
        ClockChoice.of(
            own,
            logBeginning,
            facts,
            new ClockFacts(clock, samples, known ? offset : Long.valueOf(0)));
    if (choice.clock() == null && isTimed(own) && isTimed(logBeginning)) {
      throw unaligned(log == null ? "" : log.name(), String.valueOf(kernelInput));
    }
    boolean oneInput = log != null && log == kernel;
    Lines<QemuLine> qemu = log == null ? () -> null : oneInput ? log::qemuBeside : log::nextQemu;
    LogJoin join = new LogJoin(new KernelWindow(process, facts), qemu, facts, choice, oneInput);
    if (log != null && !oneInput && isOfOtherThreads(facts, logBeginning)) {
      warnings.add(
          "no thread that "
              + log.name()
              + " names as a vCPU runs one in "
              + kernelInput
              + ": it is of another QEMU, or of another PID namespace");
    }
    return new Alignment(kernelInput, process, join, clock, callJoin, warnings);
  }

  /** A log in which all lines have one number has that of the process, not those of threads. */
  private static boolean isOfOtherThreads(TraceFacts facts, List<QemuLine> log) {
    return !facts.vcpus().isEmpty()
        && !facts.vcpusByLog().isEmpty()
        && Collections.disjoint(facts.vcpus().keySet(), facts.vcpusByLog().keySet())
        && log.stream().map(QemuLine::thread).distinct().count() > 1;
  }

  /** What to say of lines that were left out. */
  List<String> leftOut() {
    return process.leftOut() == 0
        ? List.of()
        : List.of(
            kernelInput
                + ": "
                + process.leftOut()
                + " lines belong to another process that runs vCPUs and are left out");
  }

  private static List<KernelLine> all(Lines<KernelLine> lines) {
    List<KernelLine> all = new ArrayList<>();
    for (KernelLine line = lines.next(); line != null; line = lines.next()) {
      all.add(line);
    }
    return all;
  }

  private static ClockJoin clockOf(
      SystemCalls calls,
      String callInput,
      List<KernelLine> trace,
      boolean isWhole,
      Capture capture,
      ImportOptions options,
      List<String> warnings) {
    boolean since1970 = calls.clock() == SystemCalls.Clock.REALTIME;
    Long offset = options.offsetNanos();
    if (offset != null && since1970) {
      ClockJoin given = ClockJoin.given(offset);
      warnings.addAll(
          GivenOffset.ofCalls(given, trace, calls.runs(), isWhole, capture.clockSamples()));
      return given;
    }
    ClockJoin sampled = since1970 ? ClockJoin.of(capture.clockSamples()) : null;
    ClockJoin join =
        sampled == null ? SystemCallJoin.byRuns(trace, calls.runs(), isWhole) : sampled;
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

  private static boolean isTimed(List<? extends Happening> lines) {
    return lines.stream().anyMatch(line -> line.timeNanos() != null);
  }
}
