package org.pagetrail.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.store.TrailFile;
import org.pagetrail.traceimport.CaptureImporter;
import org.pagetrail.traceimport.ImportOptions;

/**
 * Where commands get their trail: a trail file, or a capture folder that is imported on the fly.
 */
public final class TrailSource {
  private TrailSource() {}

  /** Reads the trail at {@code path}. */
  public static Trail read(Path path) {
    return Files.isDirectory(path)
        ? CaptureImporter.importFolder(path, ImportOptions.DEFAULT).trail()
        : TrailFile.read(path);
  }
}
