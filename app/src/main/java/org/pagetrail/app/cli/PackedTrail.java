package org.pagetrail.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.pagetrail.store.TrailFile;
import org.pagetrail.store.file.FileTrailLog;

/** A trail file for the commands that are about the file. */
public final class PackedTrail {
  private PackedTrail() {}

  /**
   * Opens a packed trail to read.
   *
   * @throws Trouble if it is in text form, a folder, or no trail
   */
  public static FileTrailLog open(Path path) {
    requireNoFolder(path);
    if (!TrailFile.isPacked(path)) {
      throw new Trouble(
          Printable.of(path.toString()) + " does not begin as a packed trail does",
          "a trail in text form becomes one with: pagetrail trail pack FILE -o TRAIL");
    }
    return FileTrailLog.open(path);
  }

  /**
   * Makes sure that what should be the file of a trail is no folder.
   *
   * @throws Trouble if it is one
   */
  public static void requireNoFolder(Path path) {
    if (Files.isDirectory(path)) {
      String folder = Printable.of(path.toString());
      throw new Trouble(
          folder + " is a folder and no trail",
          "a capture folder becomes a trail with: pagetrail import " + folder + " -o TRAIL");
    }
  }
}
