package org.pagetrail.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.store.StoreException;

/** Text files that are replaced as a whole. */
class TextFileTest {
  @TempDir private Path folder;

  @Test
  void aTextTakesThePlaceOfALongerOneAndNothingElseIsLeft() throws IOException {
    Path file = folder.resolve("runs.txt");
    TextFile.write(file, "a long text\n");

    TextFile.write(file, "µ\n");

    assertThat(Files.readString(file)).isEqualTo("µ\n");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFolderIsRefused() {
    assertThatThrownBy(() -> TextFile.write(folder, "x"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("this is a folder");
  }
}
