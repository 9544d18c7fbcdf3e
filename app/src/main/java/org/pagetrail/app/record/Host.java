package org.pagetrail.app.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The machine that a recording is made on.
 *
 * @param root where {@code /proc} and {@code /sys} are found
 * @param arch as a trail names it
 */
public record Host(Path root, String arch) {
  private static final List<String> TRACEFS =
      List.of("sys/kernel/tracing", "sys/kernel/debug/tracing");

  /** This machine. */
  public static Host own() {
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return new Host(
        Path.of("/"),
        switch (arch) {
          case "aarch64" -> "arm64";
          case "amd64", "x86_64", "i386" -> "x86";
          default -> arch;
        });
  }

  Path proc() {
    return root.resolve("proc");
  }

  /** Where the kernel's traces are; the usual place if none is mounted. */
  Path tracefs() {
    return TRACEFS.stream()
        .map(root::resolve)
        .filter(folder -> Files.isDirectory(folder.resolve("instances")))
        .findFirst()
        .orElse(root.resolve(TRACEFS.getFirst()));
  }

  /** What {@code uname -r} prints. */
  String release() throws IOException {
    return Files.readString(proc().resolve("sys/kernel/osrelease")).strip();
  }

  /** The mode of transparent huge pages, as the kernel prints it. */
  Path hugePages() {
    return root.resolve("sys/kernel/mm/transparent_hugepage/enabled");
  }
}
