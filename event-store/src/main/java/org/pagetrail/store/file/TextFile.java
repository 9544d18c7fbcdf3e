package org.pagetrail.store.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.pagetrail.store.StoreException;

/** Text files, written whole or not at all: a reader finds the old one or the new one. */
public final class TextFile {
  private TextFile() {}

  /**
   * Writes a text in UTF-8, in place of what is there.
   *
   * @throws StoreException if the file system refuses
   */
  public static void write(Path path, String text) {
    try (Replacement file = Replacement.of(path)) {
      file.storage().write(0, StandardCharsets.UTF_8.encode(text));
      file.commit();
    } catch (IOException e) {
      throw new StoreException(
          path.toString(),
          "file not written",
          String.valueOf(e.getMessage()),
          "look at its folder's permissions",
          e);
    }
  }
}
