package org.pagetrail.traceimport.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.pagetrail.traceimport.capture.BinaryReader;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.CaptureReader;
import org.pagetrail.traceimport.capture.SeekingReader;
import org.pagetrail.traceimport.clock.ClockReader;
import org.pagetrail.traceimport.ftrace.FtraceReader;
import org.pagetrail.traceimport.ftrace.ProbeFile;
import org.pagetrail.traceimport.ftrace.ProbeNames;
import org.pagetrail.traceimport.input.ImportException;
import org.pagetrail.traceimport.input.InputBytes;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.SeekableInput;
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

/**
 * The target of a fuzzer: one reader on any bytes. It ends, or throws an {@link ImportException};
 * everything else is a bug. Jazzer calls {@link #fuzzerTestOneInput} of this class.
 */
public final class ReaderFuzz {
  /** The system property that names the reader under test. */
  public static final String READER = "pagetrail.fuzz.reader";

  /** The name that stands for all of them. */
  public static final String ALL = "all";

  /** Where the records of an input of {@code simple_numbered} begin. */
  static final String RECORDS = "\n--\n";

  private static final long RECORDS_MAX = 100_000;
  private static final long BYTES_MAX = 64 << 20;

  private static final SortedMap<String, Target> TARGETS =
      new TreeMap<>(
          Map.ofEntries(
              text("clock", new ClockReader()),
              text("ftrace", new FtraceReader(ProbeNames.DEFAULT)),
              text("maps", new MapsReader()),
              text("monitor", new MonitorReader()),
              text("page_tables", new PageTablesReader()),
              Map.entry("page_dump", content -> readAnywhere(new PageDumpReader(), content)),
              text("pagemap", new PagemapReader()),
              Map.entry("probes", ReaderFuzz::readProbes),
              text("qemu_log", new QemuLogReader()),
              // Readers of small files of a few lines, all on the same input.
              text(
                  "run",
                  new SlotRangesReader(),
                  new CommandLineReader(),
                  new OutcomeReader(),
                  new HugePagesReader(),
                  new TraceStatsReader(),
                  new SummaryReader(),
                  new ConsoleReader()),
              Map.entry("simple", content -> readBinary(content, new Capture())),
              Map.entry("simple_numbered", ReaderFuzz::readNumbered),
              text("strace", new StraceReader()),
              Map.entry(
                  "trace_dat",
                  content -> readAnywhere(new TraceDatReader(ProbeNames.DEFAULT), content)),
              text("trace_events", new TraceEventsReader()),
              text("zero_page", new ZeroPageReader())));

  /** What is done with the bytes. */
  private interface Target {
    void read(byte[] content) throws IOException;
  }

  private ReaderFuzz() {}

  /** The names of all readers. */
  public static SortedSet<String> readers() {
    return new TreeSet<>(TARGETS.keySet());
  }

  /** What Jazzer calls; where the property names no reader, the first byte chooses one. */
  public static void fuzzerTestOneInput(byte[] content) {
    String named = System.getProperty(READER, ALL);
    if (!named.equals(ALL)) {
      read(named, content);
    } else if (content.length > 0) {
      List<String> readers = List.copyOf(readers());
      read(
          readers.get((content[0] & 0xff) % readers.size()),
          Arrays.copyOfRange(content, 1, content.length));
    }
  }

  /** An input of {@link #ALL}. */
  static byte[] chosen(String reader, byte[] content) {
    byte[] input = new byte[content.length + 1];
    input[0] = (byte) readers().headSet(reader).size();
    System.arraycopy(content, 0, input, 1, content.length);
    return input;
  }

  /** Gives a reader an input. */
  public static void read(String reader, byte[] content) {
    try {
      Objects.requireNonNull(TARGETS.get(reader), reader).read(content);
    } catch (ImportException documented) {
      if (String.valueOf(documented.getMessage()).indexOf('\u001b') >= 0) {
        throw documented;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map.Entry<String, Target> text(String name, CaptureReader... readers) {
    return Map.entry(name, content -> readText(List.of(readers), content));
  }

  private static void readText(List<CaptureReader> readers, byte[] content) {
    List<String> head = new String(content, StandardCharsets.UTF_8).lines().limit(100).toList();
    for (CaptureReader reader : readers) {
      reader.recognises("fuzz", head);
      ByteArrayInputStream bytes = new ByteArrayInputStream(content);
      reader.read(new InputLines("fuzz", bytes, false, RECORDS_MAX), new Capture());
    }
  }

  private static void readProbes(byte[] content) {
    ByteArrayInputStream bytes = new ByteArrayInputStream(content);
    ProbeFile.read(new InputLines("fuzz", bytes, false, RECORDS_MAX));
  }

  private static void readBinary(byte[] content, Capture capture) {
    BinaryReader reader = new SimpleTraceReader();
    reader.recognises(content);
    ByteArrayInputStream bytes = new ByteArrayInputStream(content);
    reader.read(
        new InputBytes("fuzz", bytes, false, RECORDS_MAX, ByteOrder.LITTLE_ENDIAN), capture);
  }

  /** Declarations of events, a line without a letter, and the records that they number. */
  private static void readNumbered(byte[] content) {
    int end = new String(content, StandardCharsets.ISO_8859_1).indexOf(RECORDS);
    int records = end < 0 ? content.length : end + RECORDS.length();
    Capture capture = new Capture();
    InputStream declarations = new ByteArrayInputStream(content, 0, records);
    new TraceEventsReader()
        .read(new InputLines("declarations", declarations, false, RECORDS_MAX), capture);
    readBinary(Arrays.copyOfRange(content, records, content.length), capture);
  }

  private static void readAnywhere(SeekingReader reader, byte[] content) throws IOException {
    reader.recognises(content);
    reader.read(
        new SeekableInput("fuzz", new SeekableInMemoryByteChannel(content), RECORDS_MAX, BYTES_MAX),
        new Capture());
  }
}
