package org.pagetrail.app.record;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.record.Folder.Moment;
import org.pagetrail.traceimport.input.Refusal;

/**
 * Records one run of a machine into a folder: what can be recorded is, what cannot is named with
 * its reason.
 */
final class Recording implements Closeable {
  private static final int CLOCK_SAMPLES = 5;

  private final Host host;
  private final Folder folder;
  private final ClockSamples clocks = new ClockSamples();
  private final Map<String, String> missing = new LinkedHashMap<>();
  private @Nullable TracingInstance tracing;

  Recording(Host host, Folder folder) {
    this.host = host;
    this.folder = folder;
  }

  /** What is not in the recording, with the reason. */
  Map<String, String> missing() {
    return missing;
  }

  /** What the kernel traces, in words; empty if it does not. */
  String kernelSources() {
    TracingInstance instance = tracing;
    return instance == null
        ? ""
        : String.join(", ", instance.events())
            + (instance.probes().isEmpty()
                ? ""
                : "; probes " + String.join(", ", instance.probes()));
  }

  /** Starts what can be started before the machine is there. */
  void start() throws IOException {
    try {
      TracingInstance instance =
          TracingInstance.create(
              host.tracefs(),
              ProcessHandle.current().pid(),
              Probes.of(host.arch(), host.release()));
      tracing = instance;
      instance.start(folder.kernelTrace());
      if (!instance.hasProbes()) {
        missing.put("kprobes", "the running kernel was built without; see pagetrail doctor");
      }
      for (String probe : instance.refused()) {
        missing.put("probe " + probe, "the running kernel does not offer it");
      }
    } catch (IOException e) {
      missing.put("the kernel's trace", Refusal.reason(e) + "; see pagetrail doctor");
    }
    sampleClocks();
    if (Files.isReadable(host.hugePages())) {
      Files.copy(host.hugePages(), folder.hugePages(), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * Follows a machine until its end, or ours.
   *
   * @param monitor to look through, null if there is none
   * @return what ended it
   */
  Happening follow(
      Snapshots snapshots,
      @Nullable Monitor monitor,
      BlockingQueue<Happening> happenings,
      @Nullable Duration limit)
      throws InterruptedException {
    long end = limit == null ? Long.MAX_VALUE : System.nanoTime() + limit.toNanos();
    while (true) {
      long left = limit == null ? Long.MAX_VALUE : Math.max(0, end - System.nanoTime());
      Happening next = happenings.poll(left, TimeUnit.NANOSECONDS);
      next = next == null ? Happening.TIMEOUT : next;
      if (next == Happening.SNAPSHOT) {
        snapshots.take(Moment.at(System.nanoTime()), monitor);
        continue;
      }
      if (next != Happening.QEMU_LEFT) {
        snapshots.take(Moment.AFTER, monitor);
      }
      return next;
    }
  }

  /** Ends the traces and writes what is left to write. */
  void finish() throws IOException {
    TracingInstance instance = tracing;
    if (instance != null) {
      instance.stop();
    }
    sampleClocks();
    Files.write(folder.clocks(), clocks.lines());
  }

  private void sampleClocks() {
    for (int i = 0; i < CLOCK_SAMPLES; i++) {
      clocks.take();
    }
  }

  /** Removes what a recording left in the kernel. */
  @Override
  public void close() throws IOException {
    TracingInstance instance = tracing;
    if (instance != null) {
      instance.close();
      tracing = null;
    }
  }

  /** Deletes the files of a recording. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
