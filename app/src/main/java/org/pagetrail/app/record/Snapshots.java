package org.pagetrail.app.record;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.record.Folder.Moment;
import org.pagetrail.traceimport.capture.SlotRange;
import org.pagetrail.traceimport.input.Refusal;

/**
 * Looks at QEMU from outside: its address space, the pages of its memslots, what it says itself.
 */
final class Snapshots {
  private static final String BLOCKS = "info ramblock";
  private static final String VIEW = "info mtree -f";

  private final Path proc;
  private final long pid;
  private final Folder folder;

  /** Makes the simple backend write what it keeps in memory. */
  private static final String FLUSH = "trace-file flush";

  private final Memslots memslots;
  private final Map<String, String> missing = new LinkedHashMap<>();

  /** Tells which memory of the process the guest sees. */
  interface Memslots {
    List<SlotRange> now() throws IOException;
  }

  /**
   * Looks at a process.
   *
   * @param proc where the kernel shows its processes
   */
  Snapshots(Path proc, long pid, Folder folder, Memslots memslots) {
    this.proc = proc;
    this.pid = pid;
    this.folder = folder;
    this.memslots = memslots;
  }

  /** What could not be looked at, and why. */
  Map<String, String> missing() {
    return Map.copyOf(missing);
  }

  /** Looks at everything; what fails is noted and left out. */
  void take(Moment moment, @Nullable Monitor monitor) {
    if (monitor != null) {
      attempt("the monitor's view", () -> ask(monitor, moment));
    }
    attempt("maps", () -> copy("maps", folder.maps(moment)));
    attempt("smaps", () -> copy("smaps", folder.smaps(moment)));
    attempt(
        "pages of the memslots",
        () -> {
          if (monitor != null && QemuSlots.isBinary(folder)) {
            monitor.print(FLUSH);
          }
          pages(moment);
        });
  }

  /** Notes in the monitor's session that the guest runs from here on. */
  void guestContinues() {
    attempt("the monitor's view", () -> say(folder.monitor(), "(qemu) cont\n"));
  }

  /** Begins the monitor's session. */
  void greet(String release) {
    attempt(
        "the monitor's view",
        () ->
            say(
                folder.monitor(),
                "QEMU " + release + " monitor - type 'help' for more information\n"));
  }

  private interface Look {
    void look() throws IOException;
  }

  private void attempt(String what, Look look) {
    try {
      look.look();
    } catch (IOException e) {
      missing.putIfAbsent(what, Refusal.reason(e));
    }
  }

  private Path session(Moment moment) {
    return moment.inRun() ? folder.monitor(moment) : folder.monitor();
  }

  /** RAM blocks are made with the machine; their list is asked for once. */
  private void ask(Monitor monitor, Moment moment) throws IOException {
    for (String question : moment.equals(Moment.BEFORE) ? List.of(BLOCKS, VIEW) : List.of(VIEW)) {
      say(session(moment), "(qemu) " + question + "\n" + monitor.print(question) + "\n");
    }
  }

  private static void say(Path session, String text) throws IOException {
    Files.writeString(session, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void copy(String name, Path to) throws IOException {
    Files.copy(process().resolve(name), to, StandardCopyOption.REPLACE_EXISTING);
  }

  private void pages(Moment moment) throws IOException {
    List<SlotRange> slots = memslots.now();
    if (slots.isEmpty()) {
      return;
    }
    Files.write(
        folder.slots(),
        slots.stream()
            .map(slot ->
                slot.gpa() + " 0x" + Long.toHexString(slot.size().bytes()) + " " + slot.hva())
            .toList());
    try (BufferedWriter out = Files.newBufferedWriter(folder.pages(moment))) {
      PageRuns runs = new PageRuns(proc, pid);
      for (SlotRange slot : slots) {
        runs.write(slot, out);
      }
    }
  }

  private Path process() {
    return proc.resolve(Long.toString(pid));
  }
}
