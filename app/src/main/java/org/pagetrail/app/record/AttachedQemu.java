package org.pagetrail.app.record;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.traceimport.capture.SlotRange;
import org.pagetrail.traceimport.input.Refusal;

/** A QEMU that ran before we came, and goes on when we leave. */
final class AttachedQemu implements Closeable {
  /** A range that KVM knows, as {@code info mtree -f} shows it. */
  private static final Pattern KVM_RANGE =
      Pattern.compile(" *([0-9a-f]{16})-([0-9a-f]{16}) \\(prio .*\\): .* KVM");

  private static final Pattern HOST_ADDRESS =
      Pattern.compile("Host virtual address for .* is (0x[0-9a-f]+)\\s*");

  private final ProcessHandle process;
  private final Path proc;
  private final @Nullable Monitor monitor;
  private final @Nullable Path log;
  private final long logStart;

  private AttachedQemu(
      ProcessHandle process, Path proc, @Nullable Monitor monitor, @Nullable Path log)
      throws IOException {
    this.process = process;
    this.proc = proc;
    this.monitor = monitor;
    this.log = log;
    this.logStart = log == null ? 0 : Files.size(log);
  }

  /**
   * Finds a process and, where a monitor is named, switches its trace on.
   *
   * @param happenings is told when the process leaves or the guest switches off
   * @throws Trouble if there is no such process, or no monitor where one is named
   */
  static AttachedQemu attach(
      Path allProcesses, long pid, @Nullable Path socket, BlockingQueue<Happening> happenings)
      throws IOException {
    ProcessHandle process =
        ProcessHandle.of(pid)
            .orElseThrow(
                () -> new Trouble("there is no process " + pid, "see pgrep -a qemu-system"));
    var _ = process.onExit().thenRun(() -> happenings.add(Happening.QEMU_LEFT));
    Path proc = allProcesses.resolve(Long.toString(pid));
    Monitor monitor = null;
    if (socket != null) {
      try {
        monitor = Monitor.connect(socket, event -> {});
      } catch (IOException e) {
        throw new Trouble(
            "no monitor answers at " + socket + ": " + Refusal.reason(e),
            "name the socket of a -qmp unix:SOCKET,server=on,wait=off");
      }
    }
    AttachedQemu qemu = new AttachedQemu(process, proc, monitor, logOf(proc));
    qemu.trace(true);
    return qemu;
  }

  long pid() {
    return process.pid();
  }

  @Nullable Monitor monitor() {
    return monitor;
  }

  /** The command that started it. */
  String commandLine() throws IOException {
    return String.join(" ", words(proc));
  }

  /** Why there is no trace of QEMU in the recording; null if there is one. */
  @Nullable String noTrace() {
    if (monitor == null) {
      return "it is switched on through a monitor; name one with --qmp";
    }
    return log == null ? "it goes to QEMU's standard error; start QEMU with -D FILE" : null;
  }

  /** Where the memory of the ranges is that KVM knows; none without a monitor. */
  List<SlotRange> slots() throws IOException {
    Monitor asked = monitor;
    List<SlotRange> slots = new ArrayList<>();
    if (asked == null) {
      return slots;
    }
    for (String line : asked.print("info mtree -f").lines().toList()) {
      Matcher range = KVM_RANGE.matcher(line.stripTrailing());
      if (range.matches()) {
        Gpa start = Gpa.parse(range.group(1));
        long bytes = Gpa.parse(range.group(2)).value() - start.value() + 1;
        Matcher host = HOST_ADDRESS.matcher(asked.print("gpa2hva " + start));
        boolean known = slots.stream().anyMatch(slot -> slot.gpa().equals(start));
        if (host.matches() && bytes > 0 && !known) {
          slots.add(new SlotRange(start, new ByteSize(bytes), Hva.parse(host.group(1))));
        }
      }
    }
    return slots;
  }

  /** Takes what QEMU logged since we came. */
  void saveLog(Path to) throws IOException {
    trace(false);
    if (log == null || monitor == null) {
      return;
    }
    try (InputStream in = Files.newInputStream(log)) {
      in.skipNBytes(logStart);
      Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void trace(boolean on) {
    if (monitor == null) {
      return;
    }
    for (String event : TraceEvents.WANTED) {
      try {
        monitor.execute("trace-event-set-state", Map.of("name", event, "enable", on));
      } catch (IOException e) {
        // Which events there are depends on how QEMU was built.
      }
    }
  }

  /** The file of {@code -D}, if there is one. */
  private static @Nullable Path logOf(Path proc) throws IOException {
    List<String> words = words(proc);
    int option = Math.max(words.lastIndexOf("-D"), words.lastIndexOf("--D"));
    if (option < 0 || option + 1 == words.size()) {
      return null;
    }
    Path log = proc.resolve("cwd").toRealPath().resolve(words.get(option + 1));
    return Files.isReadable(log) ? log : null;
  }

  private static List<String> words(Path proc) throws IOException {
    String line = Files.readString(proc.resolve("cmdline"), StandardCharsets.ISO_8859_1);
    return List.of(line.split("\0", -1)).stream().filter(word -> !word.isEmpty()).toList();
  }

  @Override
  public void close() throws IOException {
    if (monitor != null) {
      monitor.close();
    }
  }
}
