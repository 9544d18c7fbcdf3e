package org.pagetrail.traceimport.capture;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The monitor's system calls, in their order, and what their times count from. */
public final class SystemCalls {

  /** What times count from. */
  public enum Clock {
    /** The calls have no times. */
    NONE,
    /** The first line; times are the sums of what each has passed since the line before. */
    FIRST_LINE,
    /** Midnight, in a time zone that the input does not say. */
    TIME_OF_DAY,
    /** 1970. */
    REALTIME
  }

  /**
   * A KVM_RUN that ended between two moments.
   *
   * @param beganNanos when it was called
   * @param endedBeforeNanos when its thread was next seen outside it; null if never again
   */
  public record Run(int thread, long beganNanos, @Nullable Long endedBeforeNanos) {}

  private static final int RUNS_MAX = 1 << 16;

  private final List<KernelLine> lines = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();
  private Clock clock = Clock.NONE;
  private @Nullable Long lastTold;
  private long sinceFirst;

  /** The calls of inputs that became one, by what all of them say of clocks and runs. */
  public static SystemCalls joined(List<SystemCalls> parts) {
    SystemCalls all = new SystemCalls();
    for (SystemCalls part : parts) {
      all.clock(part.clock());
      part.runs().forEach(all::add);
    }
    return all;
  }

  /** The calls; one may be several lines here. */
  public List<KernelLine> lines() {
    return lines;
  }

  /** The first KVM_RUN that have times, as many as the clocks are joined by. */
  public List<Run> runs() {
    return runs;
  }

  /** A KVM_RUN that has times. */
  public void add(Run run) {
    if (runs.size() < RUNS_MAX) {
      runs.add(run);
    }
  }

  /** The time of the last call that said something; null if it had none. */
  public @Nullable Long lastTold() {
    return lastTold;
  }

  /** Sets {@link #lastTold()}. */
  public void lastTold(@Nullable Long timeNanos) {
    lastTold = timeNanos;
  }

  /** A thread was seen outside KVM_RUN; its last one is over. */
  public void seen(int thread, long timeNanos) {
    for (int i = runs.size() - 1; i >= 0; i--) {
      Run run = runs.get(i);
      if (run.thread() == thread) {
        if (run.endedBeforeNanos() == null) {
          runs.set(i, new Run(thread, run.beganNanos(), timeNanos));
        }
        return;
      }
    }
  }

  /**
   * The time of a line that says how long after the line before it is.
   *
   * @throws ArithmeticException beyond 292 years
   */
  public long sinceFirst(long sinceLastNanos) {
    clock = Clock.FIRST_LINE;
    sinceFirst = Math.addExact(sinceFirst, sinceLastNanos);
    return sinceFirst;
  }

  /** What times count from. */
  public Clock clock() {
    return clock;
  }

  /** Sets {@link #clock()}. */
  public void clock(Clock stated) {
    clock = stated;
  }
}
