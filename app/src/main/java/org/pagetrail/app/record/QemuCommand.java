package org.pagetrail.app.record;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pagetrail.app.cli.Trouble;

/**
 * A command that starts QEMU.
 *
 * @param words the program and its options, as the user wrote them
 */
public record QemuCommand(List<String> words) {
  /**
   * Copies the words.
   *
   * @throws Trouble if the machine could not be followed to its end
   */
  public QemuCommand {
    words = List.copyOf(words);
    if (words.isEmpty()) {
      throw new Trouble("no command to record", "put it after --, such as: -- qemu-system-aarch64");
    }
    if (has(words, "daemonize")) {
      throw new Trouble(
          "-daemonize: QEMU would leave at once, and with it the recording",
          "drop it, or start QEMU yourself and use --pid");
    }
  }

  /** The program. */
  public String program() {
    return words.getFirst();
  }

  /** The command in one line, as the capture's {@code cmdline.txt} has it. */
  public String line() {
    return String.join(" ", words);
  }

  /** True if the user wants to start the guest by hand, or another machine sends its state. */
  public boolean startsStopped() {
    return has(words, "S") || has(words, "incoming");
  }

  /** True if the user wants the machine to stay when the guest switched it off. */
  public boolean staysAfterShutdown() {
    return has(words, "no-shutdown");
  }

  /**
   * The command with what a recording needs: trace events with times, a monitor of its own, and a
   * machine that waits, before the guest's first instruction and after its last, for a look at it.
   * Of the options that QEMU takes only once, those of the user count.
   *
   * @param events the file that names the trace events
   * @param log where QEMU's log goes, unless the user sends it elsewhere
   * @param trace where a QEMU with the {@code simple} backend writes its trace
   * @param monitor the socket of the monitor
   */
  public List<String> instrumented(Path events, Path log, Path trace, Path monitor) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("-trace", "events=" + events + ",file=" + trace));
    all.addAll(List.of("-msg", "timestamp=on"));
    if (!has(words, "D")) {
      all.addAll(List.of("-D", log.toString()));
    }
    all.addAll(List.of("-qmp", "unix:" + monitor + ",server=on,wait=off"));
    if (!startsStopped()) {
      all.add("-S");
    }
    if (!staysAfterShutdown()) {
      all.add("-no-shutdown");
    }
    return List.copyOf(all);
  }

  /** QEMU takes an option with one dash or two. */
  private static boolean has(List<String> words, String option) {
    return words.contains("-" + option) || words.contains("--" + option);
  }
}
