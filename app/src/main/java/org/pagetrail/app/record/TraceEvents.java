package org.pagetrail.app.record;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.pagetrail.app.cli.Trouble;

/** Which of QEMU's trace events a trail is made of, and which of them a program has. */
final class TraceEvents {
  /** Names, or their beginnings with a star. */
  static final List<String> WANTED =
      List.of(
          "kvm_set_user_memory",
          "flatview_new",
          "flatview_destroy",
          "flatview_destroy_rcu",
          "pflash_*",
          "memory_region_ops_read",
          "memory_region_ops_write",
          "memory_region_subpage_read",
          "memory_region_subpage_write",
          "memory_region_ram_device_read",
          "memory_region_ram_device_write");

  private static final int ANSWER_SECONDS_MAX = 20;

  private TraceEvents() {}

  /**
   * The wanted events that a program says it has.
   *
   * @throws Trouble if it cannot be started
   * @throws IOException if it does not answer
   */
  static List<String> of(String program) throws IOException {
    Process process = start(program);
    List<String> events = new ArrayList<>();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String name = line.strip();
        if (WANTED.stream().anyMatch(wanted -> matches(wanted, name))) {
          events.add(name);
        }
      }
      if (!process.waitFor(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new IOException(program + " -trace help does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
    return events;
  }

  private static Process start(String program) {
    try {
      return new ProcessBuilder(program, "-trace", "help")
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new Trouble(
          program + " cannot be started: " + e.getMessage(), "is it installed, and on the path?");
    }
  }

  private static boolean matches(String wanted, String name) {
    return wanted.endsWith("*")
        ? name.startsWith(wanted.substring(0, wanted.length() - 1))
        : name.equals(wanted);
  }
}
