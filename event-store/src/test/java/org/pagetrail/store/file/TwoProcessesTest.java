package org.pagetrail.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.store.StoreException;

/** A trail has one writer among all processes, and readers do not touch its right. */
class TwoProcessesTest {
  @TempDir Path folder;

  private final List<Process> others = new ArrayList<>();

  @AfterEach
  void endTheOthers() {
    others.forEach(Process::destroyForcibly);
  }

  private Process other(Path file) throws IOException {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OtherWriter.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    others.add(other);
    return other;
  }

  private static void tell(Process other) throws IOException {
    other.getOutputStream().write(1);
    other.getOutputStream().flush();
  }

  @Test
  void theSecondWriterIsToldTheProcessOfTheFirstAndReadersComeAndGo() throws Exception {
    Path file = folder.resolve("run.trail");
    Process other = other(file);
    try (BufferedReader answers = other.inputReader()) {
      assertThat(answers.readLine()).isEqualTo("0");
      for (int size = 1; size < 20; size++) {
        tell(other);
        assertThat(answers.readLine()).isEqualTo("" + size);
        try (FileTrailLog reader = FileTrailLog.open(file)) {
          assertThat(reader.size()).isEqualTo(size);
          reader.reader().requireWhole();
          assertThat(reader.reader().writer()).isEqualTo("" + other.pid());
        }
        String refused = "not opened to write: process " + other.pid() + " writes it";
        assertThatThrownBy(() -> FileTrailLog.append(file, "run"))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining(refused);
        assertThatThrownBy(() -> BulkWriter.open(file, "run"))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining(refused);
      }
      other.getOutputStream().close();
      assertThat(other.waitFor()).isZero();
    }
    try (FileTrailLog log = FileTrailLog.append(file, "run")) {
      assertThat(log.size()).isEqualTo(19);
      assertThat(log.reader().isClosed()).isTrue();
    }
  }

  @Test
  void whatAProcessTriesAndReadsByTheWayDoesNotGiveUpItsOwnRight() throws Exception {
    Path file = folder.resolve("run.trail");
    try (FileTrailLog log = FileTrailLog.append(file, "run")) {
      assertThatThrownBy(() -> FileTrailLog.append(file, "run")).isInstanceOf(StoreException.class);
      try (FileTrailLog reader = FileTrailLog.open(file)) {
        reader.reader().requireWhole();
      }
      Process other = other(file);
      try (BufferedReader answers = other.inputReader()) {
        assertThat(answers.readLine())
            .contains("process " + ProcessHandle.current().pid() + " writes it");
      }
      log.append(OtherWriter.entries(0, 3));
    }
  }

  @Test
  void aWriterThatWasKilledLocksNobodyOut() throws Exception {
    Path file = folder.resolve("run.trail");
    Process other = other(file);
    try (BufferedReader answers = other.inputReader()) {
      assertThat(answers.readLine()).isEqualTo("0");
      tell(other);
      assertThat(answers.readLine()).isEqualTo("1");
    }
    other.destroyForcibly().waitFor();
    assertThat(WriterLock.fileOf(file)).exists();

    try (FileTrailLog reader = FileTrailLog.open(file)) {
      assertThat(reader.reader().writer()).isNull();
      assertThatThrownBy(() -> reader.reader().requireWhole())
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("the trail was not closed: it was cut, or its writer died");
    }
    try (FileTrailLog log = FileTrailLog.append(file, "run")) {
      assertThat(log.size()).isEqualTo(1);
    }
    assertThat(Files.exists(WriterLock.fileOf(file))).isFalse();
  }
}
