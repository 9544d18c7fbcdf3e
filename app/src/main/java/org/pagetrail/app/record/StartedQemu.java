package org.pagetrail.app.record;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.Trouble;

/** A QEMU of ours: it starts with the recording and does not outlive it. */
final class StartedQemu implements Closeable {
  private static final int MONITOR_SECONDS_MAX = 60;
  private static final int MONITOR_MILLISECONDS_STEP = 20;
  private static final int LEAVE_SECONDS_MAX = 20;

  private final Process process;
  private final Path socketFolder;
  private @Nullable Monitor monitor;

  private StartedQemu(Process process, Path socketFolder) {
    this.process = process;
    this.socketFolder = socketFolder;
  }

  /**
   * Starts QEMU, which shares our terminal, and waits until its machine is made.
   *
   * @param happenings is told when the guest switches off and when QEMU leaves
   * @throws Trouble if QEMU makes no machine
   */
  static StartedQemu start(QemuCommand command, Folder folder, BlockingQueue<Happening> happenings)
      throws IOException, InterruptedException {
    List<String> traced = TraceEvents.of(command.program());
    // A socket's path may have 107 bytes, which a user's folder can exceed.
    Path sockets = Files.createTempDirectory("pagetrail");
    Path socket = sockets.resolve("qmp");
    Path events = sockets.resolve("events");
    Files.write(events, traced);
    List<String> words = command.instrumented(events, folder.qemuLog(), folder.qemuTrace(), socket);
    Process process = new ProcessBuilder(words).inheritIO().start();
    StartedQemu qemu = new StartedQemu(process, sockets);
    var _ = process.onExit().thenRun(() -> happenings.add(Happening.QEMU_LEFT));
    try {
      qemu.monitor = qemu.connect(socket, happenings);
      return qemu;
    } catch (IOException | InterruptedException | Trouble e) {
      qemu.close();
      throw e;
    }
  }

  private Monitor connect(Path socket, BlockingQueue<Happening> happenings)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MONITOR_SECONDS_MAX);
    while (true) {
      try {
        return Monitor.connect(
            socket,
            event -> {
              if (event.equals("SHUTDOWN")) {
                happenings.add(Happening.GUEST_SHUTDOWN);
              }
            });
      } catch (IOException e) {
        // The socket is not there yet, or never will be.
        if (process.waitFor(MONITOR_MILLISECONDS_STEP, TimeUnit.MILLISECONDS)) {
          throw new Trouble(
              "QEMU left with exit code " + process.exitValue() + " before it made a machine",
              "what it said stands above; does the command work without pagetrail?");
        }
        if (System.nanoTime() > end) {
          throw new IOException("QEMU does not answer: " + e.getMessage(), e);
        }
      }
    }
  }

  long pid() {
    return process.pid();
  }

  Monitor monitor() {
    return Objects.requireNonNull(monitor);
  }

  /** True if the machine runs under KVM. */
  boolean isUnderKvm() throws IOException {
    return monitor().execute("query-kvm", Map.of()).path("enabled").asBoolean();
  }

  /** Lets the guest's first instruction happen. */
  void run() throws IOException {
    try {
      monitor().execute("cont", Map.of());
    } catch (Monitor.QemuLeft e) {
      // The guest's first instructions may end QEMU before it answers; that it left is told apart.
    }
  }

  /** Asks QEMU to leave, and makes it; returns its exit code. */
  int quit() throws InterruptedException {
    try {
      monitor().execute("quit", Map.of());
    } catch (IOException e) {
      // It may leave before it answers.
    }
    if (!process.waitFor(LEAVE_SECONDS_MAX, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    if (monitor != null) {
      monitor.close();
    }
    process.destroy();
    Recording.delete(socketFolder);
  }
}
