package org.pagetrail.app.record;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A tracing instance of our own in the kernel, with probes of our own, both named after our
 * process. Other users of tracing see nothing of it. What it traces goes to a file while it
 * happens.
 */
final class TracingInstance implements Closeable {
  private static final String PREFIX = "pagetrail_";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(?<pid>\\d{1,10})");
  private static final String PROBES = "kprobe_events";
  private static final List<String> SYSTEMS = List.of("kvm", "kvmmmu");

  /**
   * Each step of each walk through the guest's own tables: nearly all lines, and no page changes.
   */
  private static final List<String> LEFT_OUT =
      List.of("kvmmmu/kvm_mmu_pagetable_walk", "kvmmmu/kvm_mmu_paging_element");

  /** A buffer for each processor: some 100,000 events between two looks of the reading thread. */
  private static final String BUFFER_KIBIBYTES = "16384";

  private final Path tracefs;
  private final Path folder;
  private final String name;
  private final List<String> events = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private final Set<String> probes = new HashSet<>();
  private @Nullable TracePipe pipe;

  private TracingInstance(Path tracefs, String name) {
    this.tracefs = tracefs;
    this.name = name;
    this.folder = tracefs.resolve("instances").resolve(name);
  }

  /**
   * Makes an instance that does not trace yet.
   *
   * @throws IOException if tracing is not there or not ours to use; nothing stays
   */
  static TracingInstance create(Path tracefs, long pid, List<Probe> probes) throws IOException {
    removeLeft(tracefs);
    TracingInstance instance = new TracingInstance(tracefs, PREFIX + pid);
    Files.createDirectory(instance.folder);
    try {
      instance.set("tracing_on", "0");
      instance.set("trace_clock", "mono");
      instance.set("buffer_size_kb", BUFFER_KIBIBYTES);
      instance.trySet("options/record-tgid", "1");
      if (instance.hasProbes()) {
        probes.forEach(instance::define);
      }
      for (String system : SYSTEMS) {
        if (instance.trySet("events/" + system + "/enable", "1")) {
          instance.events.add(system);
        }
      }
      for (String event : LEFT_OUT) {
        instance.trySet("events/" + event + "/enable", "0");
      }
      if (!instance.probes.isEmpty()) {
        instance.set("events/" + instance.name + "/enable", "1");
      }
      return instance;
    } catch (IOException e) {
      instance.close();
      throw e;
    }
  }

  /** Starts to trace into a file. */
  void start(Path output) throws IOException {
    pipe = TracePipe.copy(folder.resolve("trace_pipe"), output);
    set("tracing_on", "1");
  }

  /** Ends tracing and waits until all of it is in the file; does nothing the second time. */
  void stop() throws IOException {
    TracePipe open = pipe;
    if (open != null) {
      pipe = null;
      set("events/enable", "0");
      set("trace_marker", TracePipe.END + "\n");
      open.awaitEnd();
      set("tracing_on", "0");
    }
  }

  /** Event systems that are traced. */
  List<String> events() {
    return List.copyOf(events);
  }

  /** Probes that the kernel took, sorted. */
  List<String> probes() {
    return probes.stream().sorted().toList();
  }

  /** Probes that the kernel refused, each with its function. */
  List<String> refused() {
    return refused.stream().filter(probe -> !probes.contains(before(probe, ' '))).toList();
  }

  /** True if the kernel lets anything be probed. */
  boolean hasProbes() {
    return Files.exists(tracefs.resolve(PROBES));
  }

  private void define(Probe probe) {
    if (probes.contains(probe.name())) {
      return;
    }
    if (!tryAppend(probe.call(name))) {
      refused.add(probe.name() + " (" + probe.function() + ")");
      return;
    }
    probes.add(probe.name());
    if (!probe.result().isEmpty()) {
      tryAppend(probe.returned(name));
    }
  }

  private boolean tryAppend(String definition) {
    try {
      append(tracefs, definition);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Opening the file of all probes for plain writing would remove those of others. */
  private static void append(Path tracefs, String definition) throws IOException {
    Files.writeString(tracefs.resolve(PROBES), definition + "\n", StandardOpenOption.APPEND);
  }

  private boolean trySet(String file, String value) {
    try {
      set(file, value);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void set(String file, String value) throws IOException {
    Files.writeString(folder.resolve(file), value, StandardOpenOption.WRITE);
  }

  /** Removes the instance and its probes. What of it is gone already is no trouble. */
  @Override
  public void close() throws IOException {
    stop();
    remove(tracefs, name);
  }

  /** Removes what recordings left that were killed. */
  private static void removeLeft(Path tracefs) throws IOException {
    try (Stream<Path> instances = Files.list(tracefs.resolve("instances"))) {
      for (Path instance : instances.toList()) {
        String name = String.valueOf(instance.getFileName());
        Matcher ours = NAME.matcher(name);
        if (ours.matches() && ProcessHandle.of(Long.parseLong(ours.group("pid"))).isEmpty()) {
          remove(tracefs, name);
        }
      }
    }
  }

  private static void remove(Path tracefs, String name) throws IOException {
    Path instance = tracefs.resolve("instances").resolve(name);
    if (Files.exists(instance)) {
      Files.writeString(instance.resolve("tracing_on"), "0", StandardOpenOption.WRITE);
      Files.writeString(instance.resolve("events/enable"), "0", StandardOpenOption.WRITE);
    }
    Path probes = tracefs.resolve("events").resolve(name);
    if (Files.isDirectory(probes)) {
      try (Stream<Path> events = Files.list(probes)) {
        for (Path event : events.filter(Files::isDirectory).toList()) {
          append(tracefs, "-:" + name + "/" + event.getFileName());
        }
      }
    }
    try {
      Files.deleteIfExists(instance);
    } catch (FileSystemException e) {
      throw new IOException(
          instance + " cannot be removed (" + e.getReason() + "); remove it with rmdir", e);
    }
  }

  private static String before(String text, char mark) {
    return text.substring(0, text.indexOf(mark));
  }
}
