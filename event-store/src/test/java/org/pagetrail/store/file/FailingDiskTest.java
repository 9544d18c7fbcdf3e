package org.pagetrail.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.StoreException;

/** The disk refuses one step, or every step from one on. */
class FailingDiskTest {
  private static final Path NAME = Path.of("failing.trail");
  private static final List<LogEntry> ENTRIES = new AnyEntries(1).list(0, 24);
  private static final int STEPS_MAX = 500;

  @TempDir Path folder;

  private int step;

  @Test
  void anAppendThatFailsOnceLeavesTheTrailAsItWas() throws IOException {
    int failures = 0;
    for (int failing = 0; failing < STEPS_MAX; failing++) {
      UnsafeDisk disk = disk(failing, failing);
      int acknowledged = writeUntilItFails(disk);
      if (step > failing) {
        failures++;
        assertThat(found(disk)).as("step %d", failing).isEqualTo(ENTRIES.subList(0, acknowledged));
      }
    }
    assertThat(failures).isGreaterThan(30);
  }

  @Test
  void aDiskThatFailsForGoodLosesNothingThatWasAcknowledged() throws IOException {
    int failures = 0;
    for (int failing = 0; failing < STEPS_MAX; failing++) {
      UnsafeDisk disk = disk(failing, Integer.MAX_VALUE);
      int acknowledged = writeUntilItFails(disk);
      if (step > failing) {
        failures++;
        List<LogEntry> found = found(disk);
        assertThat(found).as("step %d", failing).isEqualTo(ENTRIES.subList(0, found.size()));
        assertThat(found.size()).as("step %d", failing).isBetween(acknowledged, acknowledged + 4);
      }
    }
    assertThat(failures).isGreaterThan(30);
  }

  @Test
  void aWriterGoesNoFurtherAfterAFailure() throws IOException {
    FileTrailLog log = FileTrailLog.append(NAME, disk(2, 2), null);
    assertThatThrownBy(() -> log.append(ENTRIES.subList(0, 4)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("failing.trail: trail not written: no room");
    assertThatThrownBy(() -> log.append(ENTRIES.subList(0, 4)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("an earlier write failed");
    assertThat(log.size()).isZero();
    log.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anImportThatFailsLeavesTheOldTrailAndNothingElse(boolean isOldThere) throws IOException {
    Path file = folder.resolve("import.trail");
    if (isOldThere) {
      try (BulkWriter writer = BulkWriter.open(file, "old")) {
        ENTRIES.subList(0, 3).forEach(writer::add);
        writer.commit();
      }
    }
    int failures = 0;
    boolean done = false;
    for (int failing = 0; !done; failing++) {
      step = 0;
      int at = failing;
      try (BulkWriter writer = BulkWriter.open(file, "new", disk -> new Failing(disk, at))) {
        ENTRIES.forEach(writer::add);
        writer.commit();
        done = true;
      } catch (StoreException e) {
        failures++;
        assertThat(e).hasMessageContaining(file + ": trail not written: no room");
        assertThat(file.toFile().exists()).isEqualTo(isOldThere);
        assertThat(names()).isEqualTo(isOldThere ? List.of("import.trail") : List.of());
      }
    }
    assertThat(failures).isGreaterThan(5);
    try (FileTrailLog log = FileTrailLog.open(file)) {
      assertThat(log.read(0)).toIterable().isEqualTo(ENTRIES);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  /** A disk with an empty trail whose steps from one to another fail. */
  private UnsafeDisk disk(int first, int last) {
    step = 0;
    ByteBuffer head = NewFile.head("failing").toBytes();
    byte[] bytes = new byte[head.remaining()];
    head.get(bytes);
    return new UnsafeDisk(bytes, (now, what) -> failIn(first, last));
  }

  private void failIn(int first, int last) throws IOException {
    int now = step++;
    if (now >= first && now <= last) {
      throw new IOException("no room");
    }
  }

  /** How many entries were acknowledged. */
  private static int writeUntilItFails(UnsafeDisk disk) throws IOException {
    int acknowledged = 0;
    try (FileTrailLog log = FileTrailLog.append(NAME, disk, null)) {
      Objects.requireNonNull(log.writer()).sealEvery(8);
      while (acknowledged < ENTRIES.size()) {
        log.append(ENTRIES.subList(acknowledged, acknowledged + 4));
        acknowledged += 4;
      }
    } catch (StoreException | IOException e) {
      assertThat(e).hasMessageContaining("no room");
    }
    return acknowledged;
  }

  /** What the next writer finds; it can go on. */
  private static List<LogEntry> found(UnsafeDisk disk) throws IOException {
    List<LogEntry> found = new ArrayList<>();
    UnsafeDisk next = new UnsafeDisk(disk.content());
    try (FileTrailLog log = FileTrailLog.append(NAME, next, null)) {
      log.read(0).forEachRemaining(found::add);
      log.append(new AnyEntries(2).list(found.size(), 1));
    }
    assertThat(new TrailReader(NAME, next.view()).isClosed()).isTrue();
    return found;
  }

  /** A real file whose steps fail from one on. */
  private final class Failing implements Storage {
    private final Storage disk;
    private final int first;

    private Failing(Storage disk, int first) {
      this.disk = disk;
      this.first = first;
    }

    @Override
    public long size() throws IOException {
      return disk.size();
    }

    @Override
    public MemorySegment view() throws IOException {
      return disk.view();
    }

    @Override
    public void write(long offset, ByteBuffer bytes) throws IOException {
      failIn(first, Integer.MAX_VALUE);
      disk.write(offset, bytes);
    }

    @Override
    public void force() throws IOException {
      failIn(first, Integer.MAX_VALUE);
      disk.force();
    }

    @Override
    public void truncate(long size) throws IOException {
      failIn(first, Integer.MAX_VALUE);
      disk.truncate(size);
    }

    @Override
    public void close() throws IOException {
      disk.close();
    }
  }
}
