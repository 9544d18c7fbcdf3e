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

  /** The name of the run that a trail made from {@code path} is of. */
  public static String runOf(Path path) {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return name == null ? "run" : name.toString().replaceFirst("\\.trail$", "");
  }
}
