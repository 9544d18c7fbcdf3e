package org.pagetrail.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.StoreException;

class WriterLockTest {
  @TempDir Path folder;

  @Test
  void aTrailWithTwoNamesHasOneWriter() throws IOException {
    Path file = folder.resolve("run.trail");
    Path link = Files.createSymbolicLink(folder.resolve("link.trail"), file);
    try (FileTrailLog first = FileTrailLog.append(file, "run")) {
      assertThatThrownBy(() -> FileTrailLog.append(link, "run"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("link.trail: not opened to write")
          .hasMessageContaining("process " + ProcessHandle.current().pid() + " writes it");
      assertThat(first.size()).isZero();
    }
  }

  @Test
  void aTrailThatIsBeingWrittenIsNotReplaced() throws IOException {
    Path file = folder.resolve("run.trail");
    try (FileTrailLog log = FileTrailLog.append(file, "run")) {
      log.append(new AnyEntries(1).list(0, 3));
      assertThatThrownBy(() -> BulkWriter.open(file, "other"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("writes it");
      log.append(new AnyEntries(2).list(3, 1));
    }
    try (FileTrailLog log = FileTrailLog.open(file)) {
      assertThat(log.size()).isEqualTo(4);
    }
  }

  @Test
  void aTrailThatGotAWriterMeanwhileIsNotReplaced() throws IOException {
    Path file = folder.resolve("run.trail");
    try (BulkWriter bulk = BulkWriter.open(file, "bulk")) {
      new AnyEntries(1).list(0, 10).forEach(bulk::add);
      try (FileTrailLog log = FileTrailLog.append(file, "run")) {
        log.append(new AnyEntries(2).list(0, 3));
        assertThatThrownBy(bulk::commit)
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("writes it");
      }
    }
    try (FileTrailLog log = FileTrailLog.open(file)) {
      assertThat(log.run()).isEqualTo("run");
      assertThat(log.size()).isEqualTo(3);
    }
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".half"));
  }

  @Test
  void aWriterThatIsGoneLeavesTheFolderClean() throws IOException {
    Path file = folder.resolve("run.trail");
    FileTrailLog.append(file, "run").close();
    assertThat(WriterLock.writerOf(file)).isNull();
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".writer"));
  }

  @Test
  void aDeviceIsNotReplacedByATrail() {
    assertThatThrownBy(() -> BulkWriter.open(Path.of("/dev/null"), "run"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("/dev/null: trail not written: this is no regular file");
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }

  @Test
  void aTrailThatNothingWasWrittenToIsWhole() {
    Path file = folder.resolve("empty.trail");
    FileTrailLog.append(file, "empty").close();
    FileTrailLog.append(file, "empty").close();
    try (FileTrailLog log = FileTrailLog.open(file)) {
      log.reader().requireWhole();
      assertThat(log.size()).isZero();
    }
  }

  @Test
  void anEntryThatIsRefusedTakesNoneOfItsNeighboursAlong() {
    Path file = folder.resolve("run.trail");
    List<LogEntry> entries = new AnyEntries(5).list(0, 4);
    try (FileTrailLog log = FileTrailLog.append(file, "run")) {
      LogEntry late = entries.get(3);
      assertThatThrownBy(() -> log.append(List.of(entries.get(0), late)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("event 3 where 1 is due");
      log.append(entries);
    }
    try (FileTrailLog log = FileTrailLog.open(file)) {
      assertThat(log.read(0)).toIterable().isEqualTo(entries);
    }
  }
}
