package org.pagetrail.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.pagetrail.store.packed.RecordLayouts;

/** The first bytes of a new trail. */
final class NewFile {
  private NewFile() {}

  /** The head of a trail of a run in the format that is written now. */
  static FileHead head(String run) {
    return new FileHead(run, RecordLayouts.current().schema());
  }

  /** Makes an empty trail, whole or not at all; leaves a file that has content as it is. */
  static void makeIfAbsent(Path path, String run) throws IOException {
    if (Files.exists(path) && Files.size(path) > 0) {
      return;
    }
    try (Replacement file = Replacement.of(path)) {
      file.storage().write(0, head(run).toBytes());
      file.commit();
    }
  }

  /** Makes the entries of a folder survive a power failure, where the file system can do that. */
  static void makeDurable(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Some file systems cannot open a folder; the file itself is on disk already.
    }
  }
}
