package org.pagetrail.traceimport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.pagetrail.events.Event;
import org.pagetrail.events.Layer;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;

/** Given the files of a capture, what its trail says. */
final class CaptureFolder {
  private final Path folder;
  private final List<String> kernel = new ArrayList<>();
  private final List<String> qemu = new ArrayList<>();

  CaptureFolder(Path parent, String name) throws IOException {
    folder = Files.createDirectory(parent.resolve(name));
  }

  Path path() {
    return folder;
  }

  /** A line of the kernel's trace by thread 7, at {@code micros} after 10 s. */
  CaptureFolder kernel(long micros, String event) {
    return kernel(7, micros, event);
  }

  CaptureFolder kernel(int thread, long micros, String event) {
    kernel.add(
        String.format(Locale.ROOT, " qemu-%d  [000] ..... 10.%06d: %s", thread, micros, event));
    return this;
  }

  /** A line of QEMU's log by thread 7, where realtime is 1000 s ahead of the kernel's clock. */
  CaptureFolder qemu(long micros, String event) {
    return qemuLine(String.format(Locale.ROOT, "7@1010.%06d:%s", micros, event));
  }

  CaptureFolder qemuLine(String line) {
    qemu.add(line);
    return this;
  }

  /** Samples that say that realtime is 1000 s ahead. */
  CaptureFolder clock() throws IOException {
    return file(
        "clock.jsonl", "{\"mono_before\":9.0,\"realtime\":1009.0,\"mono_after\":9.000000002}");
  }

  CaptureFolder file(String name, String... lines) throws IOException {
    Files.write(folder.resolve(name), List.of(lines));
    return this;
  }

  Import imported() throws IOException {
    return imported(ImportOptions.DEFAULT);
  }

  Import imported(ImportOptions options) throws IOException {
    if (!kernel.isEmpty()) {
      Files.write(folder.resolve("trace.txt"), kernel);
    }
    if (!qemu.isEmpty()) {
      Files.write(folder.resolve("qemu.log"), qemu);
    }
    return CaptureImporter.importFolder(folder, options);
  }

  /** The events that are not about the run as a whole, each with the types of its causes. */
  static List<String> story(Trail trail) {
    return trail.entries().stream()
        .filter(entry -> entry.event().layer() != Layer.RUN)
        .map(entry -> told(trail, entry))
        .toList();
  }

  static List<TrailEntry> entries(Trail trail, Class<? extends Event> type) {
    return trail.entries().stream().filter(entry -> type.isInstance(entry.event())).toList();
  }

  static <T extends Event> List<T> events(Trail trail, Class<T> type) {
    Predicate<TrailEntry> ofType = entry -> type.isInstance(entry.event());
    return trail.entries().stream().filter(ofType).map(entry -> type.cast(entry.event())).toList();
  }

  private static String told(Trail trail, TrailEntry entry) {
    List<String> causes =
        entry.causes().stream().map(cause -> trail.at(cause).event().type()).toList();
    return entry.event().type() + (causes.isEmpty() ? "" : " <- " + String.join(", ", causes));
  }
}
