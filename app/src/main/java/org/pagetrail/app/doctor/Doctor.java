package org.pagetrail.app.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.pagetrail.app.record.Host;

/**
 * Looks at a machine's files, and changes nothing.
 *
 * @param root where {@code /proc}, {@code /sys} and {@code /dev} are found, {@code /} but in tests
 * @param path the folders of programs, in their order
 * @param java the version of the running JDK
 */
public record Doctor(Path root, List<Path> path, String java) {
  private static final String EMULATOR = "qemu-system-";

  /** A kernel's version is one line; what is longer is no version. */
  private static final int VERSION_BYTES_MAX = 4096;

  /** Copies the list. */
  public Doctor {
    path = List.copyOf(path);
  }

  /** Everything that recordings are made of, in the order of a recording. */
  public List<Source> examine() {
    List<Source> sources = new ArrayList<>();
    sources.add(Source.there("JDK", java, "the program itself"));
    sources.add(kernel());
    sources.add(qemu());
    sources.add(device());
    Path tracefs = Host.tracefs(root);
    sources.add(tracing(tracefs));
    sources.add(
        events(tracefs, "kvm events", "events/kvm", "faults, exits, memslots", "modprobe kvm"));
    sources.add(
        events(
            tracefs,
            "kprobes",
            "kprobe_events",
            "stage 2 entries, looked-up frames, notifiers",
            "a kernel with CONFIG_KPROBE_EVENTS"));
    sources.add(readable("page flags", "proc/kpageflags", "the kind of each host page"));
    sources.add(readable("page map", "proc/self/pagemap", "the frame behind each host address"));
    sources.add(program("strace", "memslot ioctls and mappings, without root", "install strace"));
    sources.add(
        program("trace-cmd", "kernel traces as text, of its own files", "install trace-cmd"));
    return sources;
  }

  private Source kernel() {
    String gives = "the model that a trace is put beside";
    Path version = root.resolve("proc/sys/kernel/osrelease");
    try (InputStream stream = Files.newInputStream(version)) {
      byte[] bytes = stream.readNBytes(VERSION_BYTES_MAX);
      return Source.there("kernel", new String(bytes, StandardCharsets.UTF_8).strip(), gives);
    } catch (IOException e) {
      return Source.missing("kernel", "no " + version, gives, "a Linux host");
    }
  }

  private Source qemu() {
    String gives = "regions, flat views, memslots, flash: the log trace backend";
    TreeSet<String> found = new TreeSet<>();
    for (Path folder : path) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(Files::isExecutable)
            .map(file -> String.valueOf(file.getFileName()))
            .filter(name -> name.startsWith(EMULATOR))
            .forEach(found::add);
      } catch (IOException e) {
        // A folder of the path that is not there holds no program.
      }
    }
    return found.isEmpty()
        ? Source.missing(
            "QEMU",
            "no " + EMULATOR + "... on the path",
            gives,
            "install qemu-system-arm or qemu-system-x86")
        : Source.there("QEMU", String.join(", ", found), gives);
  }

  private Source device() {
    String gives = "runs under KVM, and conform --live";
    Path kvm = root.resolve("dev/kvm");
    if (!Files.exists(kvm)) {
      return Source.missing(
          "KVM", "no " + kvm, gives, "load kvm, or allow nested virtualisation to this machine");
    }
    return Files.isReadable(kvm) && Files.isWritable(kvm)
        ? Source.there("KVM", kvm.toString(), gives)
        : Source.missing("KVM", kvm + " may not be opened", gives, "join the group that owns it");
  }

  private static Source tracing(Path tracefs) {
    String gives = "the kernel's trace";
    if (!Files.isReadable(tracefs)) {
      return Source.missing("tracefs", tracefs + " may not be read", gives, "become root");
    }
    return Files.exists(tracefs.resolve("trace"))
        ? Source.there("tracefs", tracefs.toString(), gives)
        : Source.missing(
            "tracefs",
            "nothing is mounted at " + tracefs,
            gives,
            "mount -t tracefs none /sys/kernel/tracing (as root)");
  }

  private static Source events(
      Path tracefs, String name, String file, String gives, String remedy) {
    if (!Files.exists(tracefs.resolve("trace"))) {
      return Source.missing(name, "needs tracefs", gives, "see tracefs");
    }
    Path there = tracefs.resolve(file);
    return Files.isReadable(there)
        ? Source.there(name, there.toString(), gives)
        : Source.missing(name, "no " + there, gives, remedy);
  }

  private Source readable(String name, String file, String gives) {
    Path there = root.resolve(file);
    if (!Files.exists(there)) {
      return Source.missing(name, "no " + there, gives, "a kernel with CONFIG_PROC_PAGE_MONITOR");
    }
    return Files.isReadable(there)
        ? Source.there(name, there.toString(), gives)
        : Source.missing(name, there + " may not be read", gives, "become root");
  }

  private Source program(String name, String gives, String remedy) {
    return path.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(file -> Source.there(name, file.toString(), gives))
        .orElseGet(() -> Source.missing(name, "not on the path", gives, remedy));
  }
}
