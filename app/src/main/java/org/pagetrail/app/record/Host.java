package org.pagetrail.app.record;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pagetrail.events.ArchName;

/**
 * The machine that a recording is made on.
 *
 * @param root where {@code /proc} and {@code /sys} are found
 * @param arch as a trail names it
 * @param release of the running kernel
 */
public record Host(Path root, String arch, KernelRelease release) {
  private static final List<String> TRACEFS =
      List.of("sys/kernel/tracing", "sys/kernel/debug/tracing");

  /** This machine. */
  public static Host own() {
    return new Host(
        Path.of("/"),
        ArchName.of(System.getProperty("os.arch", "")),
        KernelRelease.of(System.getProperty("os.version", "")));
  }

  Path proc() {
    return root.resolve("proc");
  }

  /** Where the kernel's traces are. */
  Path tracefs() {
    return tracefs(root);
  }

  /** Where the kernel's traces are under a root; the usual place if none is mounted. */
  public static Path tracefs(Path root) {
    return TRACEFS.stream()
        .map(root::resolve)
        .filter(folder -> Files.exists(folder.resolve("trace")))
        .findFirst()
        .orElse(root.resolve(TRACEFS.getFirst()));
  }

  /** The mode of transparent huge pages, as the kernel prints it. */
  Path hugePages() {
    return root.resolve("sys/kernel/mm/transparent_hugepage/enabled");
  }
}
