package org.pagetrail.traceimport.join;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.ClockSample;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.QemuClock;
import org.pagetrail.traceimport.capture.QemuLine;
import org.pagetrail.traceimport.capture.SystemCalls.Run;
import org.pagetrail.traceimport.join.Pairs.Survey;

/**
 * What the inputs say against the difference of two clocks that the user gave. It is used all the
 * same: the user may know of a clock that was set.
 */
public final class GivenOffset {
  private static final int NANOS_DIGITS = 9;

  private GivenOffset() {}

  /** What clock samples, and lines that both logs have, say of QEMU's clock. */
  static List<String> ofLog(
      ClockJoin given,
      List<KernelLine> trace,
      List<QemuLine> log,
      TraceFacts facts,
      ClockChoice.ClockFacts clocks) {
    List<String> warnings = new ArrayList<>();
    if (clocks.ofLog() == QemuClock.REALTIME) {
      addSampled(warnings, given, clocks.samples());
    }
    Survey byClock = Survey.of(trace, log, facts, new Clocks(given));
    Survey byContent = Survey.of(trace, log, facts, new Clocks(null));
    // Lines that the given clocks let belong together agree with them, but for one's last digits.
    Survey more = byContent.count() > byClock.count() ? byContent : byClock;
    add(
        warnings,
        given,
        more.window().join(),
        more.count() + " lines of QEMU's log that the kernel's trace has too");
    return warnings;
  }

  /** What clock samples, and ends of KVM_RUN that both sides saw, say of the clock of calls. */
  public static List<String> ofCalls(
      ClockJoin given,
      List<KernelLine> trace,
      List<Run> runs,
      boolean isWhole,
      List<ClockSample> samples) {
    List<String> warnings = new ArrayList<>();
    addSampled(warnings, given, samples);
    add(
        warnings,
        given,
        SystemCallJoin.byRuns(trace, runs, isWhole),
        "the ends of KVM_RUN in the system calls and in the kernel's trace");
    return warnings;
  }

  private static void addSampled(
      List<String> warnings, ClockJoin given, List<ClockSample> samples) {
    add(warnings, given, ClockChoice.sampled(samples), "the clock samples");
  }

  private static void add(
      List<String> warnings, ClockJoin given, @Nullable ClockJoin told, String who) {
    if (told == null) {
      return;
    }
    BigInteger apart =
        BigInteger.valueOf(given.offsetNanos())
            .subtract(BigInteger.valueOf(told.offsetNanos()))
            .abs();
    BigInteger error =
        BigInteger.valueOf(given.errorNanos()).add(BigInteger.valueOf(told.errorNanos()));
    if (apart.compareTo(error) > 0) {
      warnings.add(
          "the given offset of "
              + seconds(BigInteger.valueOf(given.offsetNanos()))
              + " s contradicts "
              + who
              + ", which say "
              + seconds(BigInteger.valueOf(told.offsetNanos()))
              + " s: they are "
              + seconds(apart)
              + " s apart, with an error of "
              + seconds(error)
              + " s; the given one is used, leave out --offset for the other");
    }
  }

  private static String seconds(BigInteger nanos) {
    return new BigDecimal(nanos, NANOS_DIGITS).toPlainString();
  }
}
