package org.pagetrail.app.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.kvm.model.FolderFixes;
import org.pagetrail.store.TrailFile;
import org.pagetrail.traceimport.CaptureImporter;
import org.pagetrail.traceimport.Import;
import org.pagetrail.traceimport.ImportOptions;

/**
 * Where commands get their trail: a trail file, or a capture folder that is imported on the fly.
 */
public final class TrailSource {
  private TrailSource() {}

  /**
   * Reads the trail at {@code path}.
   *
   * @param err where what an import warns of is said
   */
  public static Trail read(Path path, PrintWriter err) {
    if (!Files.isDirectory(path)) {
      return TrailFile.read(path);
    }
    Import imported =
        CaptureImporter.importFolder(path, ImportOptions.DEFAULT.withFixWords(FolderFixes.KNOWN));
    for (String warning : imported.report().warnings()) {
      err.println("pagetrail: " + Printable.of(path + ": " + warning));
    }
    return imported.trail();
  }

  /** The name of the run that a trail made from {@code path} is of. */
  public static String runOf(Path path) {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return name == null ? "run" : name.toString().replaceFirst("\\.trail$", "");
  }
}
