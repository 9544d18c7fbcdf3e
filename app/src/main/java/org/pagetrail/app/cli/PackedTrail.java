package org.pagetrail.app.cli;

import java.nio.file.Path;
import org.pagetrail.store.TrailFile;
import org.pagetrail.store.file.FileTrailLog;

/** A trail file for the commands that are about the file. */
public final class PackedTrail {
  private PackedTrail() {}

  /**
   * Opens a packed trail to read.
   *
   * @throws Trouble if it is in text form, or no trail
   */
  public static FileTrailLog open(Path path) {
    if (!TrailFile.isPacked(path)) {
      throw new Trouble(
          Printable.of(path.toString()) + " does not begin as a packed trail does",
          "a trail in text form becomes one with: pagetrail trail pack FILE -o TRAIL");
    }
    return FileTrailLog.open(path);
  }
}
