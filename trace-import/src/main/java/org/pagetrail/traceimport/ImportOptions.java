package org.pagetrail.traceimport;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.host.FixWords;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.traceimport.ftrace.ProbeNames;

/**
 * What a user knows about a capture that its files do not say.
 *
 * @param arch the host's architecture; null to take it from the capture
 * @param kernel the host's release, such as {@code 6.1}; null to take it from the folder's name
 * @param fixes fixes in that kernel; null to take them from the capture
 * @param fixWords what names a fix in the name of a folder
 * @param probes which probe event means what
 * @param process the id of the monitor's process, for a trace of several; null for the first that
 *     runs a vCPU
 * @param offsetNanos the clock of QEMU's log minus the clock of the kernel's trace; null to take it
 *     from clock samples or from lines that both have
 * @param pages the address of the first page of a dump of pagemap, by input
 * @param linesMax how many lines an input may have
 * @param bytesMax how many bytes an input may unpack to
 */
public record ImportOptions(
    @Nullable String arch,
    @Nullable String kernel,
    @Nullable List<String> fixes,
    FixWords fixWords,
    ProbeNames probes,
    @Nullable Integer process,
    @Nullable Long offsetNanos,
    Map<String, Hva> pages,
    long linesMax,
    long bytesMax) {
  private static final long LINES_MAX = Long.MAX_VALUE;
  private static final long BYTES_MAX = 16L << 30;

  /** Everything from the capture, whose folder's name tells no fix. */
  public static final ImportOptions DEFAULT =
      new ImportOptions(
          null,
          null,
          null,
          FixWords.NONE,
          ProbeNames.DEFAULT,
          null,
          null,
          Map.of(),
          LINES_MAX,
          BYTES_MAX);

  /** Copies the list. */
  public ImportOptions {
    fixes = fixes == null ? null : List.copyOf(fixes);
    pages = Map.copyOf(pages);
  }

  /** The same for a host whose kernel is known. */
  public ImportOptions withKernel(String release, List<String> withFixes) {
    return withHost(arch, release, withFixes);
  }

  /** The same for a host of which some or all is known; what is not is null. */
  public ImportOptions withHost(
      @Nullable String itsArch, @Nullable String release, @Nullable List<String> withFixes) {
    return new ImportOptions(
        itsArch,
        release,
        withFixes,
        fixWords,
        probes,
        process,
        offsetNanos,
        pages,
        linesMax,
        bytesMax);
  }

  /** The same where folders may be named after these fixes. */
  public ImportOptions withFixWords(FixWords known) {
    return new ImportOptions(
        arch, kernel, fixes, known, probes, process, offsetNanos, pages, linesMax, bytesMax);
  }

  /** The same with other names of probes. */
  public ImportOptions withProbes(ProbeNames names) {
    return new ImportOptions(
        arch, kernel, fixes, fixWords, names, process, offsetNanos, pages, linesMax, bytesMax);
  }

  /** The same for the monitor with this process id, null for the first that runs a vCPU. */
  public ImportOptions withProcess(@Nullable Integer id) {
    return new ImportOptions(
        arch, kernel, fixes, fixWords, probes, id, offsetNanos, pages, linesMax, bytesMax);
  }

  /** The same with clocks that far apart, null for what the inputs say. */
  public ImportOptions withOffset(@Nullable Long nanos) {
    return new ImportOptions(
        arch, kernel, fixes, fixWords, probes, process, nanos, pages, linesMax, bytesMax);
  }

  /** The same with dumps of pagemap that begin at these addresses. */
  public ImportOptions withPages(Map<String, Hva> firstAddresses) {
    return new ImportOptions(
        arch,
        kernel,
        fixes,
        fixWords,
        probes,
        process,
        offsetNanos,
        firstAddresses,
        linesMax,
        bytesMax);
  }

  /** The same with other limits on what one input may hold. */
  public ImportOptions withLimits(long lines, long bytes) {
    return new ImportOptions(
        arch, kernel, fixes, fixWords, probes, process, offsetNanos, pages, lines, bytes);
  }
}
