package org.pagetrail.traceimport;

import java.util.List;
import java.util.Map;
import org.pagetrail.traceimport.input.Misunderstood.Tally;

/**
 * What an import read and what it could not make sense of.
 *
 * @param inputs every file of the folder, by name
 * @param missing formats that no file has, whose events the trail therefore lacks
 * @param warnings what did not fit together, one sentence each
 * @param events how many events the trail has
 */
public record ImportReport(
    List<InputReport> inputs, List<String> missing, List<String> warnings, long events) {

  /**
   * One file.
   *
   * @param format the format it was recognised as, or {@link #UNKNOWN}
   * @param lines how many lines it has
   * @param events how many events of the trail have it as source
   * @param notUnderstood lines that no reader understood, by kind
   * @param unused lines that are known and say nothing for a trail, by kind
   */
  public record InputReport(
      String input,
      String format,
      long lines,
      long events,
      Map<String, Tally> notUnderstood,
      Map<String, Tally> unused) {
    /** The format of a file that no reader recognised. */
    public static final String UNKNOWN = "unknown";
  }

  /** Copies the lists. */
  public ImportReport {
    inputs = List.copyOf(inputs);
    missing = List.copyOf(missing);
    warnings = List.copyOf(warnings);
  }
}
