package org.pagetrail.store.file;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pagetrail.events.RunEvent.MarkerSeen;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.store.LogEntry;

/**
 * A process of several writers, which write until they are killed: each appends to one trail and
 * closes it now and then, and replaces another as a whole. Each line that is printed is a promise:
 * {@code 3 a N}, the first trail of writer 3 has N entries; {@code 3 b N}, the second has version
 * N.
 */
final class KilledWriter {
  /** How many writers one process has. */
  static final int WRITERS = 4;

  private static final int CLOSE_EVERY = 7;
  private static final int REPLACE_EVERY = 5;
  private static final int SEGMENT_ENTRIES = 40;
  private static final int BLOCK_ENTRIES_MAX = 12;
  private static final int PAYLOAD_MAX = 30_000;

  private KilledWriter() {}

  /** Writes below a folder; the content follows from a seed. Starts with a line on the input. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    Path warm = folder.resolve("warm" + ProcessHandle.current().pid() + ".trail");
    open(warm).close();
    Files.delete(warm);
    System.out.println("ready");
    if (System.in.read() < 0) {
      return;
    }
    for (int writer = 0; writer < WRITERS; writer++) {
      int number = writer;
      new Thread(() -> write(folderOf(folder, number), seed + number, number + " ")).start();
    }
  }

  /** The folder of one writer. */
  static Path folderOf(Path folder, int writer) {
    return folder.resolve("writer" + writer);
  }

  private static void write(Path folder, long seed, String name) {
    PrintStream out = System.out;
    for (int round = 0; ; round++) {
      try (FileTrailLog log = open(appended(folder))) {
        for (int appends = 0; appends < CLOSE_EVERY; appends++) {
          log.append(block(seed, log.size()));
          out.println(name + "a " + log.size());
        }
      }
      if (round % REPLACE_EVERY == 0) {
        long version = versionOf(replaced(folder)) + 1;
        replace(replaced(folder), seed, version);
        out.println(name + "b " + version);
      }
    }
  }

  private static FileTrailLog open(Path file) {
    FileTrailLog log = FileTrailLog.append(file, "killed");
    Objects.requireNonNull(log.writer()).sealEvery(SEGMENT_ENTRIES);
    return log;
  }

  static Path appended(Path folder) {
    return folder.resolve("appended.trail");
  }

  static Path replaced(Path folder) {
    return folder.resolve("replaced.trail");
  }

  /** The entries that are appended at once where the trail has {@code first}. */
  static List<LogEntry> block(long seed, long first) {
    SplittableRandom random = new SplittableRandom(seed ^ first * 0x9e3779b97f4a7c15L);
    List<LogEntry> entries = new ArrayList<>();
    for (int count = 1 + random.nextInt(BLOCK_ENTRIES_MAX); count > 0; count--) {
      long seq = first + entries.size();
      entries.add(random.nextInt(4) == 0 ? message(seq, random) : event(seq, random.nextLong()));
    }
    return entries;
  }

  private static LogEntry event(long seq, long value) {
    Source source = new Source("killed", seq + 1, seq);
    MarkerSeen marker = new MarkerSeen("marker " + value);
    return new LogEntry.Recorded(
        new TrailEntry(seq, seq, Standing.OBSERVED, marker, List.of(), null, source));
  }

  private static LogEntry message(long seq, SplittableRandom random) {
    byte[] payload = new byte[random.nextInt(PAYLOAD_MAX)];
    random.nextBytes(payload);
    return new LogEntry.Foreign(
        seq, "id" + seq, "test.Message", "1", null, new TreeMap<>(), payload, new TreeSet<>());
  }

  /** The entries of a version of the second trail. */
  static List<LogEntry> version(long seed, long version) {
    List<LogEntry> entries = new ArrayList<>();
    for (long seq = 0; seq < 20 + version % 50; seq++) {
      entries.add(event(seq, seed + version));
    }
    return entries;
  }

  private static void replace(Path file, long seed, long version) {
    try (BulkWriter writer = BulkWriter.open(file, Long.toString(version))) {
      version(seed, version).forEach(writer::add);
      writer.commit();
    }
  }

  /** The version of the second trail that is there, 0 if none is. */
  static long versionOf(Path file) {
    if (!Files.exists(file)) {
      return 0;
    }
    try (FileTrailLog log = FileTrailLog.open(file)) {
      return Long.parseLong(log.run());
    }
  }
}
