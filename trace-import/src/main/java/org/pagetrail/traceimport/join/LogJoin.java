package org.pagetrail.traceimport.join;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.ClockSample;
import org.pagetrail.traceimport.capture.QemuClock;
import org.pagetrail.traceimport.capture.QemuLine;
import org.pagetrail.traceimport.input.ImportException;

/**
 * Both logs of a capture, joined.
 *
 * @param pairs which lines belong together
 * @param clock how times are converted; null if nothing tells
 * @param warnings what did not fit
 */
public record LogJoin(
    KernelTrace trace,
    List<QemuLine> log,
    LogPairs pairs,
    @Nullable ClockJoin clock,
    List<String> warnings) {
  /** Copies the lists. */
  public LogJoin {
    log = List.copyOf(log);
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

  /** Joins a kernel trace and a QEMU log, either of which may be empty. */
  public static LogJoin of(KernelTrace trace, List<QemuLine> log, ClockFacts facts) {
    if (facts.ofLog() == QemuClock.OF_TRACE) {
      return joined(trace, log, ClockJoin.SAME_CLOCK);
    }
    Long given = facts.givenOffset();
    if (given != null) {
      return joined(trace, log, ClockJoin.given(given));
    }
    return facts.ofLog() == QemuClock.MONOTONIC
        ? of(trace, log, ClockJoin.given(0))
        : of(trace, log, sampled(facts.samples()));
  }

  private static LogJoin joined(KernelTrace trace, List<QemuLine> log, ClockJoin clock) {
    return new LogJoin(trace, log, pairs(new Clocks(trace, log, clock)), clock, List.of());
  }

  private static LogJoin of(KernelTrace trace, List<QemuLine> log, @Nullable ClockJoin stated) {
    List<String> warnings = new ArrayList<>();
    ClockJoin clock = stated;
    LogPairs pairs = pairs(new Clocks(trace, log, clock));
    ClockJoin.Window window = window(trace, log, pairs);
    if (clock == null) {
      clock = window.join();
    } else {
      LogPairs byContent = pairs(new Clocks(trace, log, null));
      ClockJoin.Window byOrder = window(trace, log, byContent);
      if (count(byContent) > 2 * count(pairs) && byOrder.isBounded()) {
        warnings.add(
            "the clock samples contradict the order of the events: by time "
                + count(pairs)
                + " lines of QEMU's log have their counterpart in the kernel's trace, by content "
                + count(byContent)
                + "; the clocks are joined by these");
        pairs = byContent;
        clock = byOrder.join();
      } else if (window.contradicts(clock) > 0) {
        warnings.add(
            "the clock samples contradict lines that both logs have by "
                + window.contradicts(clock)
                + " ns beyond their error of "
                + clock.errorNanos()
                + " ns");
      }
    }
    return new LogJoin(trace, log, pairs, clock, warnings);
  }

  /** The time of a line of QEMU's log on the trail's clock, or null. */
  public @Nullable Long qemuTimeNanos(int line) {
    Long time = log.get(line).timeNanos();
    if (time == null) {
      return null;
    }
    if (clock != null) {
      return time - clock.offsetNanos();
    }
    // Without a kernel trace QEMU's own clock is the trail's.
    return trace.lines().isEmpty() ? time : null;
  }

  private static @Nullable ClockJoin sampled(List<ClockSample> samples) {
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

  private static int count(LogPairs pairs) {
    return pairs.exitsPaired() + pairs.memslotsPaired();
  }

  private static LogPairs pairs(Clocks clocks) {
    LogPairs pairs = new LogPairs(clocks.trace().lines().size(), clocks.log().size());
    MemslotPairs.find(clocks, pairs);
    MmioPairs.find(clocks, pairs);
    return pairs;
  }

  private static ClockJoin.Window window(KernelTrace trace, List<QemuLine> log, LogPairs pairs) {
    ClockJoin.Window window = ClockJoin.Window.OPEN;
    for (int q = 0; q < log.size(); q++) {
      Long qemu = log.get(q).timeNanos();
      int before = pairs.afterKernel(q);
      Long kernel = before == CallNesting.NONE ? null : trace.timeNanos(before);
      if (qemu != null && kernel != null) {
        window = window.after(qemu, kernel);
      }
    }
    for (int k = 0; k < trace.lines().size(); k++) {
      int before = pairs.afterQemu(k);
      Long qemu = before == CallNesting.NONE ? null : log.get(before).timeNanos();
      Long kernel = trace.timeNanos(k);
      if (qemu != null && kernel != null) {
        window = window.before(qemu, kernel);
      }
    }
    return window;
  }
}
