package org.pagetrail.app.record;

import java.util.Map;
import org.pagetrail.traceimport.ImportReport;

/**
 * A finished recording.
 *
 * @param trail the file that it is in
 * @param end what ended it, in words
 * @param kernelSources what the kernel traced, empty if it did not
 * @param lost how many events the recorders say that they lost
 * @param missing what could not be recorded, each with the reason
 * @param report what the recorded files gave
 */
public record Recorded(
    String trail,
    String end,
    String kernelSources,
    long lost,
    Map<String, String> missing,
    ImportReport report) {}
