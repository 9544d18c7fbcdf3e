package org.pagetrail.traceimport.join;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.QemuLine;

/** Both logs of a capture, read side by side. */
public final class LogJoin {
  private final TraceFacts facts;
  private final KernelWindow trace;
  private final LogWindow log;
  private final Pairs pairs;
  private final ClockChoice choice;
  private final boolean isOneInput;

  /**
   * Joins a kernel trace and a log, either of which may be empty.
   *
   * @param isOneInput true if the log's lines stand in the trace, and {@code log} gives those that
   *     were read on the way to lines of the trace
   */
  public LogJoin(
      KernelWindow trace,
      Lines<QemuLine> log,
      TraceFacts facts,
      ClockChoice choice,
      boolean isOneInput) {
    this.trace = trace;
    this.log = new LogWindow(log, KernelWindow.LINES_MAX);
    this.facts = facts;
    this.choice = choice;
    this.isOneInput = isOneInput;
    this.pairs = new Pairs(new Clocks(choice.ofPairs()), trace, facts);
  }

  /** What the beginnings say. */
  public TraceFacts facts() {
    return facts;
  }

  /** The kernel's trace. */
  public KernelWindow trace() {
    return trace;
  }

  /** How times are converted; null if nothing tells. */
  public @Nullable ClockJoin clock() {
    return choice.clock();
  }

  /** What did not fit. */
  public List<String> warnings() {
    return choice.warnings();
  }

  LogWindow log() {
    return log;
  }

  Pairs pairs() {
    return pairs;
  }

  boolean isOneInput() {
    return isOneInput;
  }

  /** The time of a line of QEMU's log on the trail's clock, or null. */
  public @Nullable Long timeNanos(QemuLine line) {
    Long time = line.timeNanos();
    ClockJoin clock = choice.clock();
    if (time == null) {
      return null;
    }
    if (clock != null) {
      return time - clock.offsetNanos();
    }
    // Without a kernel trace QEMU's own clock is the trail's.
    return facts.isEmpty() ? time : null;
  }
}
