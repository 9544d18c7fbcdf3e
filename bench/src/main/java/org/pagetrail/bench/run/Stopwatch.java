package org.pagetrail.bench.run;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/** The time that passes and the time that a processor works. */
final class Stopwatch {
  private final LongSupplier clock;
  private final long cpu;
  private final long wall;

  private Stopwatch(LongSupplier clock) {
    this.clock = clock;
    this.cpu = clock.getAsLong();
    this.wall = System.nanoTime();
  }

  /** Of the work, what this thread does. */
  static Stopwatch ofThread() {
    return new Stopwatch(ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime);
  }

  /** Of the work, what the process does, collecting garbage and compiling included; to 10 ms. */
  static Stopwatch ofProcess() {
    return new Stopwatch(
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)::getProcessCpuTime);
  }

  Measured stop(String what, long events, long done) {
    long passed = System.nanoTime() - wall;
    return new Measured(what, events, done, passed, Math.max(1, clock.getAsLong() - cpu));
  }
}
