package org.pagetrail.traceimport;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.pagetrail.events.RunEvent.ClockJoined;
import org.pagetrail.events.RunEvent.EventsLost;
import org.pagetrail.events.RunEvent.FindingNoted;
import org.pagetrail.events.RunEvent.InputRead;
import org.pagetrail.events.RunEvent.LinesNotUnderstood;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.traceimport.ImportReport.InputReport;
import org.pagetrail.traceimport.ReadInputs.ReadInput;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.Capture.Dropped;
import org.pagetrail.traceimport.input.CaptureFile;
import org.pagetrail.traceimport.input.ImportException;
import org.pagetrail.traceimport.input.InputBytes;
import org.pagetrail.traceimport.input.InputFiles;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.Misunderstood;
import org.pagetrail.traceimport.input.SeekableInput;
import org.pagetrail.traceimport.join.ClockJoin;
import org.pagetrail.traceimport.join.TimeOrder.Late;
import org.pagetrail.traceimport.link.CaptureLinker;
import org.pagetrail.traceimport.link.TrailWriter;
import org.pagetrail.traceimport.maps.HostMappings;

/**
 * Makes a trail of a capture: join the logs, link events to their causes. What tells what happened
 * is read once and as it is needed, so that memory does not depend on its length.
 */
public final class CaptureImporter {
  /** How many files an error names. */
  private static final int LISTED_MAX = 8;

  /** How readers count what shows that an input does not end as it was recorded. */
  private static final Set<String> CUT =
      Set.of(InputLines.DAMAGED, "last line, which is cut", InputBytes.CUT, SeekableInput.CUT);

  /** The name of what is noted of an input whose times run back. */
  private static final String RUNS_BACK = "time-runs-back";

  /** What is recorded while the machine runs, so that a cut loses events. */
  private static final Set<String> RECORDED =
      Set.of("ftrace", "trace-dat", "qemu-log", "qemu-simple", "strace");

  private final ImportOptions options;
  private final String folderName;
  private final Capture capture = new Capture();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> notRead = new ArrayList<>();
  private final ReadInputs inputs;
  private final TrailWriter out;

  private CaptureImporter(
      ImportOptions options,
      String folderName,
      Consumer<TrailEntry> sink,
      ImportProgress progress) {
    this.options = options;
    this.folderName = folderName;
    this.inputs = new ReadInputs(options, capture, warnings, progress);
    this.out = new TrailWriter(sink);
  }

  /** Imports the files of one folder; see {@link #importInputs}. */
  public static Import importFolder(Path folder, ImportOptions options) {
    return importInputs(List.of(folder), options);
  }

  /** The same as {@link #importInto}, with the trail in memory. */
  public static Import importInputs(List<Path> inputs, ImportOptions options) {
    Trail trail = new Trail();
    ImportReport report = importInto(inputs, options, trail::add);
    return new Import(trail, report);
  }

  /** The same as the other {@code importInto}, without telling anybody how far it is. */
  public static ImportReport importInto(
      List<Path> inputs, ImportOptions options, Consumer<TrailEntry> sink) {
    return importInto(inputs, options, sink, ImportProgress.NONE);
  }

  /**
   * Joins files, the files of folders and the files in archives to one trail. The same content,
   * names and options give the same trail.
   *
   * @param sink takes the entries of the trail in their order, as they become known
   * @param progress is told how far the import has come
   * @throws ImportException if an input cannot be read, or none holds anything that happened; the
   *     sink may have some entries then
   */
  public static ImportReport importInto(
      List<Path> inputs,
      ImportOptions options,
      Consumer<TrailEntry> sink,
      ImportProgress progress) {
    try (InputFiles files = InputFiles.of(inputs, options.bytesMax())) {
      CaptureImporter importer = new CaptureImporter(options, files.captureName(), sink, progress);
      progress.begin(files.files().stream().mapToLong(CaptureFile::size).sum());
      try (ReadInputs open = importer.inputs) {
        open.read(files);
        importer.notRead.addAll(files.notRead());
        return importer.join(inputs);
      }
    }
  }

  private ImportReport join(List<Path> given) {
    Alignment alignment = Alignment.of(inputs.told(), capture, options);
    if (alignment == null) {
      throw new ImportException(
          given.stream().map(Path::toString).collect(Collectors.joining(", ")),
          "not a capture",
          "no file is a kernel trace or a log of QEMU; " + listed(),
          String.join("", notRead.stream().map(sentence -> sentence + "; ").toList())
              + "give a folder with a file such as trace.txt or qemu.log, or such files");
    }
    if (!inputs.told().hasAny()
        && inputs.all().values().stream().anyMatch(CaptureImporter::isCut)) {
      throw new ImportException(
          given.stream().map(Path::toString).collect(Collectors.joining(", ")),
          "nothing in it",
          "it is cut before the first record of what happened; " + listed(),
          "give the whole file, or record again");
    }
    List<String> ofRun = new ArrayList<>(alignment.join().warnings());
    RunFacts run = new RunFacts(capture, options, folderName, ofRun);
    run.addStart(out, alignment.join(), alignment.qemuClock());
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
    int dropped = capture.dropped().size();
    capture.dropped().forEach(this::addDropped);
    String kernelInput = alignment.kernelInput();
    Misunderstood unpaired =
        kernelInput == null ? new Misunderstood() : inputs.input(kernelInput).misunderstood();
    new CaptureLinker(
            out, capture, alignment.join(), run.filesByBlock(), options.pages(), unpaired, ofRun)
        .link();
    List<Dropped> late = capture.dropped();
    late.subList(dropped, late.size()).forEach(this::addDropped);
    warnings.addAll(notRead);
    warnings.addAll(HostMappings.contradictions(capture.areas()));
    warnings.addAll(alignment.leftOut());
    warnings.addAll(alignment.warnings());
    warnOfCutInputs();
    inputs.late().forEach(this::addLate);
    warnings.addAll(ofRun);
    inputs.all().values().stream()
        .filter(input -> RECORDED.contains(input.format()) && isCut(input))
        .forEach(
            input -> out.stated(new EventsLost(input.name(), 0), new Source(input.name(), 1, 0)));
    run.addEnd(out);
    List<InputReport> reports = inputs.all().values().stream().map(this::addInput).toList();
    return new ImportReport(reports, inputs.missing(), warnings, out.size());
  }

  /** Says that lines of an input are not in the order of their times. */
  private void addLate(String input, Late late) {
    String what =
        late.count()
            + (late.count() == 1 ? " line has a time" : " lines have times")
            + " before that of a line further up, by more than is put in order; the first is line "
            + late.first().line()
            + ", by "
            + late.nanos() / 1_000
            + " us";
    warnings.add(input + ": " + what + "; they keep their places");
    out.stated(new FindingNoted(RUNS_BACK, input + ": " + what), late.first());
  }

  private void addDropped(Dropped dropped) {
    out.stated(new EventsLost(dropped.source().input(), dropped.count()), dropped.source());
  }

  /** What the folder has instead, in words. */
  private String listed() {
    if (inputs.all().isEmpty()) {
      return "there is no file";
    }
    List<String> names =
        inputs.all().values().stream()
            .limit(LISTED_MAX)
            .map(input -> input.name() + (isCut(input) ? " (damaged or cut)" : ""))
            .toList();
    int more = inputs.all().size() - names.size();
    return "there is " + String.join(", ", names) + (more == 0 ? "" : " and " + more + " more");
  }

  private static boolean isDamaged(ReadInput input) {
    return input.misunderstood().byKind().containsKey(InputLines.DAMAGED);
  }

  private static boolean isCut(ReadInput input) {
    return input.misunderstood().byKind().keySet().stream().anyMatch(CUT::contains);
  }

  /** Says of each input that could not be read to its end how far it was used. */
  private void warnOfCutInputs() {
    for (ReadInput input : inputs.all().values()) {
      if (isDamaged(input)) {
        long lines = input.lines().getAsLong();
        warnings.add(
            input.name()
                + ": the compressed data is damaged or cut; "
                + (lines == 0
                    ? "no line of it could be read"
                    : "it is imported up to line " + lines + ", the rest is lost"));
      } else if (input.misunderstood().byKind().containsKey(SeekableInput.CUT)) {
        long records = input.lines().getAsLong();
        warnings.add(
            input.name()
                + ": the file is cut; "
                + (records == 0
                    ? "no record of it could be read"
                    : "it is imported up to record " + records + ", the rest is lost"));
      }
    }
  }

  private InputReport addInput(ReadInput input) {
    long events = out.eventsFrom(input.name());
    long lines = input.lines().getAsLong();
    Source start = new Source(input.name(), 1, 0);
    out.stated(new InputRead(input.name(), input.format(), lines, events), start);
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
        lines,
        events,
        input.misunderstood().byKind(),
        input.unused().byKind());
  }
}
