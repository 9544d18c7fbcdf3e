package org.pagetrail.traceimport.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of an archive, in a folder of their own until it is closed. On disk they have numbers
 * for names, so that no name of the archive ever reaches the file system.
 *
 * @param folder the name of the folder that the archive holds, empty if it holds none
 * @param files by name
 * @param place where they are
 * @param notRead what the archive has beside files, one sentence each
 */
record Unpacked(String folder, List<CaptureFile> files, Path place, List<String> notRead) {
  /** Copies the lists. */
  Unpacked {
    files = List.copyOf(files);
    notRead = List.copyOf(notRead);
  }

  void close() {
    remove(place);
  }

  /** Removes a folder of plain files as far as it goes. */
  static void remove(Path place) {
    try (var children = Files.list(place)) {
      for (Path child : children.toList()) {
        Files.deleteIfExists(child);
      }
      Files.deleteIfExists(place);
    } catch (IOException e) {
      // The system clears its folder of temporary files by itself.
    }
  }
}
