package org.pagetrail.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.events.RunEvent;
import org.pagetrail.events.text.TrailFormatException;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.store.file.BulkWriter;

class TrailFileTest {
  @TempDir Path folder;

  @Test
  void aTrailIsReadAsItWasWritten() {
    Path file = folder.resolve("run.trail");
    Trail trail = trail(3);

    TrailFile.write(file, "run", trail);

    assertThat(TrailFile.read(file).entries()).isEqualTo(trail.entries());
  }

  @Test
  void aNewTrailReplacesTheOldOneAndLeavesNothingElse() throws IOException {
    Path file = folder.resolve("run.trail");
    TrailFile.write(file, "run", trail(3));

    TrailFile.write(file, "run", trail(1));

    assertThat(TrailFile.read(file).size()).isEqualTo(1);
    assertThat(files()).containsExactly(file);
  }

  @Test
  void aWriteThatFailsInTheMiddleLeavesTheOldTrail() throws IOException {
    Path file = folder.resolve("run.trail");
    TrailFile.write(file, "run", trail(3));
    Iterator<TrailEntry> broken =
        Stream.concat(
                trail(2).entries().stream(),
                Stream.generate(() -> {
                  throw new UncheckedIOException(new IOException("the source broke"));
                }))
            .map(TrailEntry.class::cast)
            .iterator();

    assertThatThrownBy(() -> BulkWriter.write(file, "run", broken))
        .hasMessageContaining("source broke");

    assertThat(TrailFile.read(file).size()).isEqualTo(3);
    assertThat(files()).containsExactly(file);
  }

  @Test
  void aFolderThatIsMissingIsSaidWithARemedy() {
    assertThatThrownBy(() -> TrailFile.write(folder.resolve("missing/run.trail"), "run", trail(1)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("run.trail: trail not written: there is no ")
        .hasMessageContaining("; make sure that its folder exists");
  }

  @Test
  void aFolderIsNoTrailFile() {
    assertThatThrownBy(() -> TrailFile.write(folder, "run", trail(1)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("this is a folder; name a file in it");
    assertThatThrownBy(() -> TrailFile.read(folder)).isInstanceOf(StoreException.class);
  }

  @Test
  void aMissingFileIsSaidWithARemedy() {
    assertThatThrownBy(() -> TrailFile.read(folder.resolve("none.trail")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("none.trail: trail not read: there is no ")
        .hasMessageContaining("; give the path of a trail that you may read");
  }

  @Test
  void aFileThatIsNoTrailIsRefusedByName() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "hello\n");

    assertThatThrownBy(() -> TrailFile.read(file))
        .isInstanceOf(TrailFormatException.class)
        .hasMessageContaining("notes.txt:1: not a trail");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static Trail trail(int markers) {
    Trail trail = new Trail();
    for (int i = 0; i < markers; i++) {
      trail.observed(
          (long) i, new RunEvent.MarkerSeen("m" + i), new TreeSet<>(), new Source("t", i + 1, i));
    }
    return trail;
  }
}
