package org.pagetrail.app.record;

import java.nio.file.Path;
import java.util.Map;
import org.pagetrail.traceimport.Import;
import org.pagetrail.traceimport.ImportReport;

/**
 * A finished recording.
 *
 * @param capture the trail that was made of it
 * @param end what ended it, in a word
 * @param kernelSources what the kernel traced, empty if it did not
 * @param missing what could not be recorded, each with the reason
 */
public record Recorded(
    Import capture, String end, String kernelSources, Map<String, String> missing) {

  /** What {@code --json} prints. */
  public record Result(
      String trail,
      long events,
      String end,
      String kernelSources,
      Map<String, String> missing,
      ImportReport report) {}

  /** The result of a recording into a file. */
  public Result result(Path output) {
    return new Result(
        output.toString(), capture.trail().size(), end, kernelSources, missing, capture.report());
  }
}
