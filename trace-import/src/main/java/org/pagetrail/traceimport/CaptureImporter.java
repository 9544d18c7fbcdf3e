package org.pagetrail.traceimport;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.pagetrail.events.RunEvent.ClockJoined;
import org.pagetrail.events.RunEvent.EventsLost;
import org.pagetrail.events.RunEvent.InputRead;
import org.pagetrail.events.RunEvent.LinesNotUnderstood;
import org.pagetrail.events.trail.Source;
import org.pagetrail.traceimport.ImportReport.InputReport;
import org.pagetrail.traceimport.capture.BinaryReader;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.CaptureReader;
import org.pagetrail.traceimport.capture.SeekingReader;
import org.pagetrail.traceimport.input.CaptureFile;
import org.pagetrail.traceimport.input.ImportException;
import org.pagetrail.traceimport.input.InputBytes;
import org.pagetrail.traceimport.input.InputFiles;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.Line;
import org.pagetrail.traceimport.input.Misunderstood;
import org.pagetrail.traceimport.input.Printable;
import org.pagetrail.traceimport.input.Refusal;
import org.pagetrail.traceimport.input.SeekableInput;
import org.pagetrail.traceimport.join.ClockJoin;
import org.pagetrail.traceimport.join.LogJoin;
import org.pagetrail.traceimport.link.CaptureLinker;
import org.pagetrail.traceimport.link.TrailWriter;

/** Makes a trail of a capture: read every file, join the logs, link events to their causes. */
public final class CaptureImporter {
  /** How many files an error names. */
  private static final int LISTED_MAX = 8;

  /** How readers count what shows that an input does not end as it was recorded. */
  private static final Set<String> CUT =
      Set.of(InputLines.DAMAGED, "last line, which is cut", InputBytes.CUT, SeekableInput.CUT);

  /** What is recorded while the machine runs, so that a cut loses events. */
  private static final Set<String> RECORDED =
      Set.of("ftrace", "trace-dat", "qemu-log", "qemu-simple", "strace");

  /** A file that was read. */
  private record ReadInput(
      String name, String format, long lines, Misunderstood misunderstood, Misunderstood unused) {}

  private final ImportOptions options;
  private final Formats formats;
  private final String folderName;
  private final Capture capture = new Capture();
  private final Map<String, ReadInput> inputs = new TreeMap<>();
  private final List<String> warnings = new ArrayList<>();
  private final TrailWriter out = new TrailWriter();

  private CaptureImporter(ImportOptions options, String folderName) {
    this.options = options;
    this.formats = new Formats(options);
    this.folderName = folderName;
  }

  /** Imports the files of one folder; see {@link #importInputs}. */
  public static Import importFolder(Path folder, ImportOptions options) {
    return importInputs(List.of(folder), options);
  }

  /**
   * Joins files, the files of folders and the files in archives to one trail. The same content,
   * names and options give the same trail.
   *
   * @throws ImportException if an input cannot be read, or none holds anything that happened
   */
  public static Import importInputs(List<Path> inputs, ImportOptions options) {
    try (InputFiles files = InputFiles.of(inputs, options.bytesMax())) {
      CaptureImporter importer = new CaptureImporter(options, files.captureName());
      files.files().forEach(importer::read);
      importer.warnings.addAll(files.notRead());
      return importer.join(inputs);
    }
  }

  private void read(CaptureFile file) {
    byte[] head = file.head();
    String remedy = KnownElsewhere.remedy(head);
    if (remedy != null) {
      warnings.add(Printable.of(file.name()) + " " + remedy);
    }
    Optional<BinaryReader> binary = formats.binaryReaderOf(head);
    if (binary.isPresent()) {
      readBinary(file.named(Printable.of(file.name())), binary.get());
      return;
    }
    Optional<SeekingReader> seeking = formats.seekingReaderOf(head);
    if (seeking.isPresent()) {
      readAnywhere(file.named(Printable.of(file.name())), seeking.get());
      return;
    }
    Optional<CaptureReader> reader = formats.readerOf(file.name(), file.headLines(head));
    String name = Printable.of(file.name());
    try (InputLines lines = file.named(name).open(options.linesMax())) {
      if (reader.isPresent()) {
        reader.get().read(lines, capture);
      } else {
        skip(lines);
      }
      String format = reader.map(CaptureReader::format).orElse(InputReport.UNKNOWN);
      inputs.put(
          name, new ReadInput(name, format, lines.count(), lines.misunderstood(), lines.unused()));
    } catch (IOException e) {
      throw new ImportException(
          name, "not readable", Refusal.reason(e), "check the file and its disk", e);
    }
  }

  private void readBinary(CaptureFile file, BinaryReader reader) {
    try (InputBytes in = file.openBytes(options.linesMax())) {
      reader.read(in, capture);
      inputs.put(
          file.name(),
          new ReadInput(file.name(), reader.format(), in.count(), in.misunderstood(), in.unused()));
    } catch (IOException e) {
      throw new ImportException(
          file.name(), "not readable", Refusal.reason(e), "check the file and its disk", e);
    }
  }

  private void readAnywhere(CaptureFile file, SeekingReader reader) {
    try (SeekableInput in = file.openSeekable(options.linesMax())) {
      reader.read(in, capture);
      inputs.put(
          file.name(),
          new ReadInput(file.name(), reader.format(), in.count(), in.misunderstood(), in.unused()));
    } catch (IOException e) {
      throw new ImportException(
          file.name(), "not readable", Refusal.reason(e), "check the file and its disk", e);
    }
  }

  private static void skip(InputLines lines) {
    for (Line line = lines.next(); line != null; line = lines.next()) {
      lines.notUnderstood(line, "line of an unknown format");
    }
  }

  private Import join(List<Path> given) {
    Alignment alignment = Alignment.of(capture, options, warnings);
    if (alignment == null) {
      throw new ImportException(
          given.stream().map(Path::toString).collect(Collectors.joining(", ")),
          "not a capture",
          "no file is a kernel trace or a log of QEMU; " + listed(),
          "give a folder with a file such as trace.txt or qemu.log, or such files");
    }
    LogJoin join = alignment.join();
    warnOfCutInputs();
    warnings.addAll(join.warnings());
    RunFacts run = new RunFacts(capture, options, folderName, warnings);
    run.addStart(out, join, alignment.qemuClock());
    ClockJoin calls = alignment.systemCalls();
    if (calls != null) {
      out.supposed(
          new ClockJoined(
              "system calls",
              "monotonic",
              calls.offsetNanos(),
              calls.errorNanos(),
              calls.samples()));
    }
    capture
        .dropped()
        .forEach(dropped ->
            out.stated(
                new EventsLost(dropped.source().input(), dropped.count()), dropped.source()));
    String kernelInput = alignment.kernelInput();
    Misunderstood unpaired =
        kernelInput == null ? new Misunderstood() : input(kernelInput).misunderstood();
    new CaptureLinker(out, capture, join, run.filesByBlock(), unpaired, warnings).link();
    inputs.values().stream()
        .filter(input -> RECORDED.contains(input.format()) && isCut(input))
        .forEach(
            input -> out.stated(new EventsLost(input.name(), 0), new Source(input.name(), 1, 0)));
    run.addEnd(out);
    List<InputReport> reports = inputs.values().stream().map(this::addInput).toList();
    return new Import(out.trail(), new ImportReport(reports, missing(), warnings));
  }

  /** What the folder has instead, in words. */
  private String listed() {
    if (inputs.isEmpty()) {
      return "there is no file";
    }
    List<String> names =
        inputs.values().stream()
            .limit(LISTED_MAX)
            .map(input -> input.name() + (isDamaged(input) ? " (damaged or cut)" : ""))
            .toList();
    int more = inputs.size() - names.size();
    return "there is " + String.join(", ", names) + (more == 0 ? "" : " and " + more + " more");
  }

  private static boolean isDamaged(ReadInput input) {
    return input.misunderstood().byKind().containsKey(InputLines.DAMAGED);
  }

  private static boolean isCut(ReadInput input) {
    return input.misunderstood().byKind().keySet().stream().anyMatch(CUT::contains);
  }

  /** Says of each input that could not be decompressed to its end how far it was used. */
  private void warnOfCutInputs() {
    for (ReadInput input : inputs.values()) {
      if (isDamaged(input)) {
        warnings.add(
            input.name()
                + ": the compressed data is damaged or cut; "
                + (input.lines() == 0
                    ? "no line of it could be read"
                    : "it is imported up to line " + input.lines() + ", the rest is lost"));
      }
    }
  }

  private ReadInput input(String name) {
    return Objects.requireNonNull(inputs.get(name));
  }

  private InputReport addInput(ReadInput input) {
    long events = out.eventsFrom(input.name());
    Source start = new Source(input.name(), 1, 0);
    out.stated(new InputRead(input.name(), input.format(), input.lines(), events), start);
    input
        .misunderstood()
        .byKind()
        .forEach((kind, tally) ->
            out.stated(
                new LinesNotUnderstood(input.name(), kind, tally.count(), tally.firstLine()),
                start));
    return new InputReport(
        input.name(),
        input.format(),
        input.lines(),
        events,
        input.misunderstood().byKind(),
        input.unused().byKind());
  }

  private List<String> missing() {
    TreeSet<String> missing = new TreeSet<>(formats.names());
    inputs.values().forEach(input -> missing.remove(input.format()));
    return List.copyOf(missing);
  }
}
