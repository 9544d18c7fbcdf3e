package org.pagetrail.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.Selection;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.Tag;

class FileTrailLogTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverIsAppendedIsReadBackEqual(long seed) {
    Path file = folder.resolve("any.trail");
    AnyEntries any = new AnyEntries(seed);
    List<LogEntry> written = new ArrayList<>();

    try (FileTrailLog log = FileTrailLog.append(file, "any")) {
      for (int size : new int[] {1, 300, 7, 50}) {
        List<LogEntry> some = any.list(written.size(), size);
        log.append(some);
        written.addAll(some);
      }
      assertThat(log.read(0)).toIterable().as("seed %d", seed).isEqualTo(written);
    }

    try (FileTrailLog log = FileTrailLog.open(file)) {
      assertThat(log.run()).isEqualTo("any");
      assertThat(log.reader().isClosed()).isTrue();
      assertThat(log.read(0)).toIterable().as("seed %d", seed).isEqualTo(written);
      assertThat(log.read(301)).toIterable().isEqualTo(written.subList(301, written.size()));
      assertThat(log.at(305)).isEqualTo(written.get(305));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anIndexFindsWhatLookingAtEveryEntryFinds(long seed) {
    Path file = folder.resolve("any.trail");
    AnyEntries any = new AnyEntries(seed);
    List<LogEntry> written = new ArrayList<>();
    for (int session = 0; session < 3; session++) {
      try (FileTrailLog log = FileTrailLog.append(file, "any")) {
        List<LogEntry> some = any.list(written.size(), 200);
        log.append(some);
        written.addAll(some);
        assertFoundAsByLooking(log, written, seed);
      }
    }
    try (FileTrailLog log = FileTrailLog.open(file)) {
      assertThat(log.reader().segments()).isEqualTo(3);
      assertFoundAsByLooking(log, written, seed);
    }
  }

  private static void assertFoundAsByLooking(FileTrailLog log, List<LogEntry> written, long seed) {
    TreeSet<Tag> tags = new TreeSet<>();
    written.forEach(entry -> tags.addAll(entry.tags()));
    for (Tag tag : tags) {
      Selection selection = Selection.tagged(tag);
      List<Long> expected = written.stream().filter(selection::holds).map(LogEntry::seq).toList();
      assertThat(all(log.positions(selection, 0))).as("%s, seed %d", tag, seed).isEqualTo(expected);
    }
  }

  private static List<Long> all(PrimitiveIterator.OfLong positions) {
    List<Long> all = new ArrayList<>();
    positions.forEachRemaining((long position) -> all.add(position));
    return all;
  }

  @Test
  void aReaderSeesWhatAWriterAddsAndDoesNotHoldItUp() {
    Path file = folder.resolve("live.trail");
    AnyEntries any = new AnyEntries(7);
    try (FileTrailLog writer = FileTrailLog.append(file, "live");
        FileTrailLog reader = FileTrailLog.open(file)) {
      assertThat(reader.size()).isZero();
      writer.append(any.list(0, 3));
      assertThat(reader.size()).isEqualTo(3);
      writer.append(any.list(3, 2));
      assertThat(reader.read(0)).toIterable().hasSize(5);
      reader.reader().requireWhole();
    }
  }

  @Test
  void aSecondWriterIsToldWhoTheFirstIs() {
    Path file = folder.resolve("run.trail");
    try (FileTrailLog first = FileTrailLog.append(file, "run")) {
      assertThatThrownBy(() -> FileTrailLog.append(file, "run"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid() + " writes it");
      first.append(new AnyEntries(1).list(0, 1));
    }
    try (FileTrailLog next = FileTrailLog.append(file, "run")) {
      assertThat(next.size()).isEqualTo(1);
    }
  }

  @Test
  void aBulkTrailIsSealedAndTakesThePlaceOfTheOldOne() throws IOException {
    Path file = folder.resolve("bulk.trail");
    List<LogEntry> entries = new AnyEntries(3).list(0, 40_000);
    try (BulkWriter writer = BulkWriter.open(file, "bulk")) {
      entries.forEach(writer::add);
      assertThat(file).doesNotExist();
      writer.commit();
    }
    try (FileTrailLog log = FileTrailLog.open(file)) {
      assertThat(log.reader().isClosed()).isTrue();
      assertThat(log.read(0)).toIterable().isEqualTo(entries);
    }
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }
}
