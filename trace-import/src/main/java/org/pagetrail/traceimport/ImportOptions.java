package org.pagetrail.traceimport;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.ftrace.ProbeNames;

/**
 * What a user knows about a capture that its files do not say.
 *
 * @param arch the host's architecture; null to take it from the capture
 * @param kernel the host's release, such as {@code 6.1}; null to take it from the folder's name
 * @param fixes fixes in that kernel; null to take them from the capture
 * @param probes which probe event means what
 * @param process the id of the monitor's process, for a trace of several; null for the first that
 *     runs a vCPU
 * @param linesMax how many lines an input may have, so that it fits into memory
 */
public record ImportOptions(
    @Nullable String arch,
    @Nullable String kernel,
    @Nullable List<String> fixes,
    ProbeNames probes,
    @Nullable Integer process,
    long linesMax) {
  private static final long LINES_MAX = 8_000_000;

  /** Everything from the capture. */
  public static final ImportOptions DEFAULT =
      new ImportOptions(null, null, null, ProbeNames.DEFAULT, null, LINES_MAX);

  /** Copies the list. */
  public ImportOptions {
    fixes = fixes == null ? null : List.copyOf(fixes);
  }

  /** The same for a host whose kernel is known. */
  public ImportOptions withKernel(String release, List<String> withFixes) {
    return new ImportOptions(arch, release, withFixes, probes, process, linesMax);
  }

  /** The same with other names of probes. */
  public ImportOptions withProbes(ProbeNames names) {
    return new ImportOptions(arch, kernel, fixes, names, process, linesMax);
  }
}
