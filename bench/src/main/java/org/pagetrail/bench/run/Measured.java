package org.pagetrail.bench.run;

import java.util.Locale;

/**
 * One measurement.
 *
 * @param what what was done
 * @param events how many events the trail has
 * @param done how many events, pages or openings the time is for
 * @param wallNanos the time that passed
 * @param cpuNanos the time that the thread worked
 */
public record Measured(String what, long events, long done, long wallNanos, long cpuNanos) {
  private static final String TAB = "\t";

  /** Work of the processor for one of them, nanoseconds. */
  double cpuNanosEach() {
    return (double) cpuNanos / done;
  }

  /** How many a second of one core's work. */
  double perCpuSecond() {
    return 1e9 * done / cpuNanos;
  }

  /** How many a second that passed. */
  double perSecond() {
    return 1e9 * done / wallNanos;
  }

  /** One line, to be read again. */
  String toLine() {
    return String.join(
        TAB,
        what,
        Long.toString(events),
        Long.toString(done),
        Long.toString(wallNanos),
        Long.toString(cpuNanos));
  }

  static Measured parse(String line) {
    String[] fields = line.split(TAB, -1);
    if (fields.length != 5) {
      throw new IllegalArgumentException("no measurement: " + line);
    }
    return new Measured(
        fields[0],
        Long.parseLong(fields[1]),
        Long.parseLong(fields[2]),
        Long.parseLong(fields[3]),
        Long.parseLong(fields[4]));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-28s %,13d  %9.3f s wall  %9.3f s cpu  %,15.0f /cpu-s",
        what,
        events,
        wallNanos / 1e9,
        cpuNanos / 1e9,
        perCpuSecond());
  }
}
