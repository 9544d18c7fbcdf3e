package org.pagetrail.app.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.TrailSource;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.app.record.Folder.Moment;
import org.pagetrail.events.RunEvent.EventsLost;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.file.BulkWriter;
import org.pagetrail.traceimport.CaptureImporter;
import org.pagetrail.traceimport.ImportOptions;
import org.pagetrail.traceimport.ImportReport;
import org.pagetrail.traceimport.input.ImportException;
import org.pagetrail.traceimport.input.Refusal;

/** Makes a recording, and a trail of it. */
public final class Recorder {
  /** Ends that say how far the guest came. */
  private static final Set<String> REACHED =
      Set.of(Happening.GUEST_SHUTDOWN.word(), Happening.TIMEOUT.word());

  private final Host host;
  private final Path output;
  private final boolean keep;
  private final @Nullable Duration limit;
  private final BlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
  private final Map<String, String> missing = new LinkedHashMap<>();
  private final Folder folder;
  private long lost;

  /**
   * Prepares a recording.
   *
   * @param output the trail that it will become
   * @param keep where the recorded files stay; null to keep them only if no trail can be made
   * @param limit after which it ends; null for none
   */
  public Recorder(Host host, Path output, @Nullable Path keep, @Nullable Duration limit) {
    this.host = host;
    this.output = output;
    this.keep = keep != null;
    this.limit = limit;
    this.folder =
        new Folder(
            (keep != null
                    ? keep
                    : output.resolveSibling(
                        output.getFileName() + ".recording-" + ProcessHandle.current().pid()))
                .toAbsolutePath());
  }

  /** Ends the recording in order, from any thread. */
  public void stop() {
    happenings.add(Happening.STOP);
  }

  /** Takes a snapshot of the running machine, from any thread. */
  public void snapshot() {
    happenings.add(Happening.SNAPSHOT);
  }

  /**
   * Starts QEMU and records it to its end.
   *
   * @throws Trouble if QEMU makes no machine, or no trail can be made of what was recorded
   */
  public Recorded record(QemuCommand command) throws InterruptedException {
    return recording(recording -> {
      Files.writeString(folder.commandLine(), command.line() + "\n");
      try (StartedQemu qemu = StartedQemu.start(command, folder, happenings)) {
        Snapshots snapshots =
            new Snapshots(host.proc(), qemu.pid(), folder, () -> QemuSlots.in(folder));
        boolean underKvm = qemu.isUnderKvm();
        snapshots.greet(qemu.monitor().release());
        snapshots.take(Moment.BEFORE, qemu.monitor());
        if (!command.startsStopped()) {
          qemu.run();
        }
        snapshots.guestContinues();
        Happening end = recording.follow(snapshots, qemu.monitor(), happenings, limit);
        int code = qemu.quit();
        missing.putAll(snapshots.missing());
        return new Followed(
            end == Happening.QEMU_LEFT ? end.word() + " with exit code " + code : end.word(),
            underKvm,
            Math.toIntExact(qemu.pid()));
      }
    });
  }

  /**
   * Records a QEMU that runs already.
   *
   * @param socket of a monitor of it, null for none
   * @throws Trouble if there is no such process or no such monitor, or no trail can be made
   */
  public Recorded attach(long pid, @Nullable Path socket) throws InterruptedException {
    return recording(recording -> {
      try (AttachedQemu qemu = AttachedQemu.attach(host.proc(), pid, socket, happenings)) {
        Files.writeString(folder.commandLine(), qemu.commandLine() + "\n");
        Snapshots snapshots = new Snapshots(host.proc(), pid, folder, qemu::slots);
        Monitor monitor = qemu.monitor();
        if (monitor != null) {
          snapshots.greet(monitor.release());
        }
        snapshots.take(Moment.BEFORE, monitor);
        snapshots.guestContinues();
        Happening end = recording.follow(snapshots, monitor, happenings, limit);
        qemu.saveLog(folder.qemuLog());
        String noTrace = qemu.noTrace();
        if (noTrace != null) {
          missing.put("QEMU's trace", noTrace);
        }
        missing.put("what was before", "the recording began while the machine ran");
        missing.putAll(snapshots.missing());
        return new Followed(end.word(), true, Math.toIntExact(pid));
      }
    });
  }

  /**
   * A machine that was followed to an end.
   *
   * @param end in words
   * @param pid its process
   */
  private record Followed(String end, boolean underKvm, int pid) {}

  private interface Following {
    Followed follow(Recording recording) throws IOException, InterruptedException;
  }

  private Recorded recording(Following following) throws InterruptedException {
    createFolder();
    try (Recording recording = new Recording(host, folder)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> closeQuietly(recording)));
      recording.start();
      Followed followed = followed(following, recording);
      recording.finish();
      missing.putAll(recording.missing());
      return importFolder(followed, recording.kernelSources());
    } catch (IOException e) {
      throw new Trouble("the recording failed: " + Refusal.reason(e), left());
    }
  }

  /** Where no machine was there to record, nothing of the attempt stays. */
  private Followed followed(Following following, Recording recording)
      throws IOException, InterruptedException {
    try {
      return following.follow(recording);
    } catch (Trouble e) {
      Recording.delete(folder.path());
      throw e;
    }
  }

  private void createFolder() {
    Path parent = output.toAbsolutePath().getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      throw new Trouble(parent + " is no folder", "name a place for the trail that is there");
    }
    try {
      if (!Files.isDirectory(folder.path())) {
        Files.createDirectory(folder.path());
      }
      try (Stream<Path> files = Files.list(folder.path())) {
        if (files.findAny().isPresent()) {
          throw new Trouble(
              folder.path() + " is not empty", "name a folder that is, or is not there");
        }
      }
    } catch (IOException e) {
      throw new Trouble(
          folder.path() + " cannot be made: " + Refusal.reason(e), "name a place to write to");
    }
  }

  private Recorded importFolder(Followed followed, String kernelSources) throws IOException {
    if (!followed.underKvm()) {
      missing.clear();
      Files.deleteIfExists(folder.kernelTrace());
      missing.put("kvm", "the machine ran without it, so there is nothing of the kernel to record");
    }
    for (Path log : List.of(folder.qemuLog(), folder.qemuTrace())) {
      if (Files.exists(log) && Files.size(log) == 0) {
        Files.delete(log);
      }
    }
    if (REACHED.contains(followed.end())) {
      Files.writeString(folder.outcome(), "reached=" + followed.end() + "\n");
    }
    ImportOptions options =
        ImportOptions.DEFAULT
            .withHost(null, host.release().toString(), null)
            .withProcess(followed.pid());
    ImportReport report = write(options);
    delete();
    return new Recorded(
        output.toString(),
        followed.end(),
        followed.underKvm() ? kernelSources : "",
        lost,
        missing,
        report);
  }

  private ImportReport write(ImportOptions options) {
    try (BulkWriter writer = BulkWriter.open(output, TrailSource.runOf(output))) {
      ImportReport report =
          CaptureImporter.importInto(
              List.of(folder.path()),
              options,
              entry -> {
                if (entry.event() instanceof EventsLost losses) {
                  lost += losses.count();
                }
                writer.add(new LogEntry.Recorded(entry));
              });
      writer.commit();
      return report;
    } catch (ImportException | StoreException e) {
      throw new Trouble(String.valueOf(e.getMessage()), left());
    }
  }

  /** Deletes the recorded files, unless they are to stay. */
  private void delete() {
    if (keep) {
      return;
    }
    try {
      Recording.delete(folder.path());
    } catch (IOException e) {
      missing.put("an empty place", left() + " and could not be deleted: " + Refusal.reason(e));
    }
  }

  private String left() {
    return "what was recorded is in " + folder.path();
  }

  private static void closeQuietly(Recording recording) {
    try {
      recording.close();
    } catch (IOException e) {
      // The next recording removes it.
    }
  }
}
