package org.pagetrail.traceimport;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pagetrail.traceimport.capture.BinaryReader;
import org.pagetrail.traceimport.capture.CaptureReader;
import org.pagetrail.traceimport.capture.SeekingReader;
import org.pagetrail.traceimport.clock.ClockReader;
import org.pagetrail.traceimport.ftrace.FtraceReader;
import org.pagetrail.traceimport.input.CaptureFile;
import org.pagetrail.traceimport.maps.MapsReader;
import org.pagetrail.traceimport.monitor.MonitorReader;
import org.pagetrail.traceimport.pagedump.PageDumpReader;
import org.pagetrail.traceimport.pagemap.PagemapReader;
import org.pagetrail.traceimport.pagemap.SlotRangesReader;
import org.pagetrail.traceimport.pagetables.PageTablesReader;
import org.pagetrail.traceimport.qemulog.QemuLogReader;
import org.pagetrail.traceimport.run.CommandLineReader;
import org.pagetrail.traceimport.run.ConsoleReader;
import org.pagetrail.traceimport.run.HugePagesReader;
import org.pagetrail.traceimport.run.OutcomeReader;
import org.pagetrail.traceimport.run.SummaryReader;
import org.pagetrail.traceimport.run.TraceStatsReader;
import org.pagetrail.traceimport.simple.SimpleTraceReader;
import org.pagetrail.traceimport.simple.TraceEventsReader;
import org.pagetrail.traceimport.strace.StraceReader;
import org.pagetrail.traceimport.tracedat.TraceDatReader;
import org.pagetrail.traceimport.zeropage.ZeroPageReader;

/** The registry of all formats; the first that recognises an input reads it. */
final class Formats {
  /** Binary formats, each with the text that tells the same. */
  private static final Map<String, String> TELLS_LIKE =
      Map.of("trace-dat", "ftrace", "qemu-simple", "qemu-log", "page-dump", "pagemap");

  private final List<BinaryReader> binaries = List.of(new SimpleTraceReader());
  private final List<SeekingReader> seeking;
  private final List<CaptureReader> readers;

  Formats(ImportOptions options) {
    seeking = List.of(new TraceDatReader(options.probes()), new PageDumpReader());
    readers =
        List.of(
            new FtraceReader(options.probes()),
            new TraceEventsReader(),
            new PageTablesReader(),
            new MonitorReader(),
            new QemuLogReader(),
            new StraceReader(),
            new ClockReader(),
            new PagemapReader(),
            new ZeroPageReader(),
            new MapsReader(),
            new SlotRangesReader(),
            new CommandLineReader(),
            new OutcomeReader(),
            new HugePagesReader(),
            new TraceStatsReader(),
            new SummaryReader(),
            new ConsoleReader());
  }

  /** The reader of an input that is not text and begins with these bytes. */
  Optional<BinaryReader> binaryReaderOf(byte[] head) {
    return binaries.stream().filter(reader -> reader.recognises(head)).findFirst();
  }

  /** The reader of an input that is read at any place and begins with these bytes. */
  Optional<SeekingReader> seekingReaderOf(byte[] head) {
    return seeking.stream().filter(reader -> reader.recognises(head)).findFirst();
  }

  /** The reader of an input that begins with these lines. */
  Optional<CaptureReader> readerOf(String name, List<String> head) {
    return readers.stream().filter(reader -> reader.recognises(name, head)).findFirst();
  }

  /**
   * What a file tells, as the name of the text format that tells it; empty if no reader knows it,
   * or nothing of it is of use.
   */
  Optional<String> tellsOf(CaptureFile file) {
    byte[] head = file.head();
    Optional<String> bytes =
        binaryReaderOf(head)
            .map(BinaryReader::format)
            .or(() -> seekingReaderOf(head).map(SeekingReader::format));
    return bytes.isPresent()
        ? bytes.map(Formats::asText)
        : readerOf(file.name(), file.headLines(head))
            .filter(CaptureReader::isUsed)
            .map(CaptureReader::format);
  }

  /**
   * The same, with {@code smaps} apart from {@code maps}: both of one moment are of one capture.
   */
  Optional<String> kindOf(CaptureFile file) {
    return tellsOf(file)
        .map(format -> MapsReader.isSmaps(file.headLines(file.head())) ? "smaps" : format);
  }

  /** The text format that tells the same as a binary one; a text format is itself. */
  static String asText(String format) {
    return TELLS_LIKE.getOrDefault(format, format);
  }

  /** The names of all formats without which a trail lacks something. */
  List<String> names() {
    return readers.stream().filter(CaptureReader::isMissed).map(CaptureReader::format).toList();
  }
}
