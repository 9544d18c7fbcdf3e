package org.pagetrail.app.record;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Where a recording puts its files, under the names that captures give them.
 *
 * @param path the folder
 */
record Folder(Path path) {
  Path qemuLog() {
    return path.resolve("qemu.log");
  }

  /** The binary trace of a QEMU that writes one; of others, the same as the log. */
  Path qemuTrace() {
    return path.resolve("qemu.trace");
  }

  Path kernelTrace() {
    return path.resolve("trace.txt");
  }

  Path clocks() {
    return path.resolve("clock.jsonl");
  }

  Path commandLine() {
    return path.resolve("cmdline.txt");
  }

  Path outcome() {
    return path.resolve("outcome.txt");
  }

  Path hugePages() {
    return path.resolve("thp.txt");
  }

  Path monitor() {
    return path.resolve("hmp.log");
  }

  Path slots() {
    return path.resolve("slot-ranges.txt");
  }

  Path maps(Moment moment) {
    return path.resolve("maps." + moment.word());
  }

  Path smaps(Moment moment) {
    return path.resolve("smaps." + moment.word());
  }

  Path pages(Moment moment) {
    return path.resolve("pagemap." + moment.word() + ".jsonl");
  }

  /** What the monitor says in the run, at a moment. */
  Path monitor(Moment moment) {
    return path.resolve("hmp." + moment.word() + ".log");
  }

  /**
   * When a snapshot is taken.
   *
   * @param word what the names of its files say
   * @param inRun true while the guest runs
   */
  record Moment(String word, boolean inRun) {
    private static final long NANOS = 1_000_000_000;

    /** Before the guest's first instruction. */
    static final Moment BEFORE = new Moment("before", false);

    /** When the guest has stopped, or the recording ends. */
    static final Moment AFTER = new Moment("after", false);

    /** In the run, at a time of the monotonic clock. */
    static Moment at(long nanos) {
      return new Moment(
          String.format(Locale.ROOT, "at-%d.%09d", nanos / NANOS, nanos % NANOS), true);
    }
  }
}
