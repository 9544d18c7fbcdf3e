package org.pagetrail.app.record;

import java.nio.file.Path;

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

  Path kernelStatistics() {
    return path.resolve("trace.stats");
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

  /** When a snapshot is taken. */
  enum Moment {
    /** Before the guest's first instruction. */
    BEFORE("before"),
    /** When the guest has stopped, or the recording ends. */
    AFTER("after");

    private final String word;

    Moment(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }
}
