package org.pagetrail.traceimport.join;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.ClockSample;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.QemuClock;
import org.pagetrail.traceimport.capture.QemuLine;
import org.pagetrail.traceimport.input.ImportException;
import org.pagetrail.traceimport.join.Pairs.Survey;

/**
 * How the clock of QEMU's log becomes that of the kernel's trace, chosen by what the user and the
 * inputs say about clocks and by lines that the beginnings of both logs have.
 *
 * @param clock how times are converted; null if nothing tells
 * @param ofPairs by which clock lines are paired; null to pair by content alone
 * @param warnings what did not fit
 */
public record ClockChoice(
    @Nullable ClockJoin clock, @Nullable ClockJoin ofPairs, List<String> warnings) {
  /** Copies the list. */
  public ClockChoice {
    warnings = List.copyOf(warnings);
  }

  /**
   * What the user and the inputs say about the clocks of the two logs.
   *
   * @param ofLog what the times of QEMU's log count from
   * @param samples of realtime and monotonic clock
   * @param givenOffset in nanoseconds, the log's clock minus the trace's, by the user; null if the
   *     inputs are to tell
   */
  public record ClockFacts(QemuClock ofLog, List<ClockSample> samples, @Nullable Long givenOffset) {
    /** Copies the list. */
    public ClockFacts {
      samples = List.copyOf(samples);
    }
  }

  /** Chooses by the first lines of both logs, either of which may be empty. */
  public static ClockChoice of(
      List<KernelLine> trace, List<QemuLine> log, TraceFacts facts, ClockFacts clocks) {
    if (clocks.ofLog() == QemuClock.OF_TRACE) {
      return stated(ClockJoin.SAME_CLOCK);
    }
    Long given = clocks.givenOffset();
    if (given != null) {
      ClockJoin stated = ClockJoin.given(given);
      return new ClockChoice(stated, stated, GivenOffset.ofLog(stated, trace, log, facts, clocks));
    }
    ClockJoin known =
        clocks.ofLog() == QemuClock.MONOTONIC ? ClockJoin.given(0) : sampled(clocks.samples());
    Survey byClock = Survey.of(trace, log, facts, new Clocks(known));
    if (known == null) {
      return new ClockChoice(byClock.window().join(), null, List.of());
    }
    Survey byContent = Survey.of(trace, log, facts, new Clocks(null));
    if (byContent.count() > 2 * byClock.count() && byContent.window().isBounded()) {
      return new ClockChoice(
          byContent.window().join(),
          null,
          List.of(
              "the clock samples contradict the order of the events: by time "
                  + byClock.count()
                  + " lines of QEMU's log have their counterpart in the kernel's trace, by content "
                  + byContent.count()
                  + "; the clocks are joined by these"));
    }
    long contradicted = byClock.window().contradicts(known);
    return new ClockChoice(
        known,
        known,
        contradicted == 0
            ? List.of()
            : List.of(
                "the clock samples contradict lines that both logs have by "
                    + contradicted
                    + " ns beyond their error of "
                    + known.errorNanos()
                    + " ns"));
  }

  private static ClockChoice stated(ClockJoin clock) {
    return new ClockChoice(clock, clock, List.of());
  }

  /** The join that samples support, null without any. */
  static @Nullable ClockJoin sampled(List<ClockSample> samples) {
    try {
      return ClockJoin.of(samples);
    } catch (ArithmeticException e) {
      throw new ImportException(
          samples.getFirst().source().toString(),
          "clock samples not usable",
          "they are further apart than 64 bits of nanoseconds",
          "remove or repair the file; the clocks are then joined by lines that both logs have",
          e);
    }
  }
}
