package org.pagetrail.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.store.LogEntry;

/**
 * Writers are killed at whatever they are doing, four with each process; {@code
 * -Dpagetrail.kills=N} kills N writers. The next ones go on with the same trails.
 */
class ProcessDeathTest {
  private static final int KILLS = Integer.getInteger("pagetrail.kills", 200);
  private static final long SEED = Long.getLong("pagetrail.seed", 1);
  private static final int PROMISES_MAX = 100;
  private static final int SPINS_MAX = 20_000;
  private static final int FRESH_EVERY = 10;
  private static final int SECONDS_MAX = 120;
  private static final Pattern PROMISE = Pattern.compile("([0-9]) ([ab]) ([0-9]+)");

  @TempDir Path folder;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final List<Promised> writers = new ArrayList<>();

  @Test
  void whatAKilledWriterAcknowledgedIsThereAndNothingElse() throws Exception {
    for (int number = 0; number < KilledWriter.WRITERS; number++) {
      Path own = Files.createDirectory(KilledWriter.folderOf(folder, number));
      writers.add(new Promised(own, SEED + number));
    }
    int processes = Math.ceilDiv(KILLS, KilledWriter.WRITERS);
    Process next = start();
    for (int kill = 0; kill < processes; kill++) {
      String about = "seed " + SEED + ", kill " + kill;
      Process process = next;
      next = kill + 1 < processes ? start() : process;
      killAtSomeMoment(process, about);
      for (Promised writer : writers) {
        writer.checkAppended(about);
        writer.checkReplaced(about);
        if (kill % FRESH_EVERY == FRESH_EVERY - 1) {
          writer.startOver();
        }
      }
    }
    for (Promised writer : writers) {
      writer.cleanUp();
    }
  }

  private Process start() throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            KilledWriter.class.getName(),
            folder.toString(),
            Long.toString(SEED));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private void killAtSomeMoment(Process process, String about) throws Exception {
    try (BufferedReader promises = process.inputReader()) {
      assertThat(promises.readLine()).as(about).isEqualTo("ready");
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
      for (int left = random.nextInt(PROMISES_MAX); left > 0; left--) {
        String line = promises.readLine();
        assertThat(line).as(about).isNotNull();
        note(String.valueOf(line));
      }
      for (int spins = random.nextInt(SPINS_MAX); spins > 0; spins--) {
        Thread.onSpinWait();
      }
      process.toHandle().destroyForcibly(); // Unlike Process, it leaves the pipe to be read.
      for (String line = promises.readLine(); line != null; line = promises.readLine()) {
        note(line);
      }
    }
    assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).as(about).isTrue();
    assertThat(process.exitValue()).as(about).isEqualTo(128 + 9);
  }

  /** Takes a promise; a line that the kill cut short is none. */
  private void note(String line) {
    Matcher promise = PROMISE.matcher(line);
    if (promise.matches()) {
      Promised writer = writers.get(Integer.parseInt(promise.group(1)));
      long number = Long.parseLong(promise.group(3));
      if (promise.group(2).equals("a")) {
        writer.appended = number;
      } else {
        writer.replaced = number;
      }
    }
  }

  /** What one writer promised of its two trails. */
  private static final class Promised {
    private final Path folder;
    private final long seed;
    private final List<LogEntry> expected = new ArrayList<>();
    private long appended;
    private long replaced;

    private Promised(Path folder, long seed) {
      this.folder = folder;
      this.seed = seed;
    }

    private void startOver() throws IOException {
      cleanUp();
      Files.delete(KilledWriter.appended(folder));
      Files.delete(KilledWriter.replaced(folder));
      expected.clear();
      appended = 0;
      replaced = 0;
    }

    private void checkAppended(String about) {
      Path file = KilledWriter.appended(folder);
      if (!Files.exists(file)) {
        assertThat(appended).as(about).isZero();
        return;
      }
      try (FileTrailLog log = FileTrailLog.open(file)) {
        expect(log.size());
        assertThat(log.size()).as(about).isEqualTo(expected.size());
        assertThat(log.read(0)).toIterable().as(about).isEqualTo(expected);
        log.reader().verify();
      }
    }

    /** Adds what was acknowledged and, if it was found, the one append that was under way. */
    private void expect(long found) {
      while (expected.size() < appended) {
        expected.addAll(KilledWriter.block(seed, expected.size()));
      }
      if (found > expected.size()) {
        expected.addAll(KilledWriter.block(seed, expected.size()));
      }
      appended = expected.size();
    }

    private void checkReplaced(String about) {
      Path file = KilledWriter.replaced(folder);
      long version = KilledWriter.versionOf(file);
      assertThat(version).as(about).isBetween(replaced, replaced + 1);
      replaced = version;
      if (version > 0) {
        List<LogEntry> whole = KilledWriter.version(seed, version);
        try (FileTrailLog log = FileTrailLog.open(file)) {
          log.reader().requireWhole();
          assertThat(log.read(0)).toIterable().as(about).isEqualTo(whole);
        }
      }
    }

    /** The next writer of a trail takes away what killed ones left beside it. */
    private void cleanUp() throws IOException {
      try (FileTrailLog log = FileTrailLog.append(KilledWriter.appended(folder), "killed");
          BulkWriter bulk = BulkWriter.open(KilledWriter.replaced(folder), "0")) {
        assertThat(log.size()).isEqualTo(appended);
        bulk.commit();
      }
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files)
            .containsExactlyInAnyOrder(
                KilledWriter.appended(folder), KilledWriter.replaced(folder));
      }
    }
  }
}
