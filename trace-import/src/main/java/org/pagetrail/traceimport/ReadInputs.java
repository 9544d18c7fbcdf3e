package org.pagetrail.traceimport;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.pagetrail.traceimport.ImportReport.InputReport;
import org.pagetrail.traceimport.capture.BinaryHappeningReader;
import org.pagetrail.traceimport.capture.BinaryReader;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.CaptureReader;
import org.pagetrail.traceimport.capture.HappeningReader;
import org.pagetrail.traceimport.capture.Happenings;
import org.pagetrail.traceimport.capture.SeekingHappeningReader;
import org.pagetrail.traceimport.capture.SeekingReader;
import org.pagetrail.traceimport.capture.Teller;
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
import org.pagetrail.traceimport.join.TimeOrder;
import org.pagetrail.traceimport.join.TimeOrder.Late;

/**
 * The files of an import. Those that tell what happened stay open, the others are read into the
 * capture at once.
 */
final class ReadInputs implements AutoCloseable {

  /**
   * A file, read as far as its lines were taken.
   *
   * @param lines how many lines were read so far
   */
  record ReadInput(
      String name,
      String format,
      LongSupplier lines,
      Misunderstood misunderstood,
      Misunderstood unused) {}

  private final ImportOptions options;
  private final Formats formats;
  private final Capture capture;
  private final List<String> warnings;
  private final ImportProgress progress;
  private final ToldInputs told;
  private final SortedMap<String, ReadInput> inputs = new TreeMap<>();
  private final SortedMap<String, TimeOrder> orders = new TreeMap<>();
  private final List<Closeable> open = new ArrayList<>();

  /** Reads by these options into {@code capture}. */
  ReadInputs(
      ImportOptions options, Capture capture, List<String> warnings, ImportProgress progress) {
    this.progress = progress;
    this.options = options;
    this.formats = new Formats(options);
    this.capture = capture;
    this.warnings = warnings;
    this.told = new ToldInputs(warnings);
  }

  /**
   * Reads, or begins to read, all files.
   *
   * @throws ImportException if they are of several captures, or one cannot be read
   */
  void read(InputFiles files) {
    OneCapture.require(files.folders(), formats);
    List<CaptureFile> binary = new ArrayList<>();
    for (CaptureFile file : files.files()) {
      if (formats.binaryReaderOf(file.head()).isPresent()) {
        binary.add(file);
      } else {
        read(file);
      }
    }
    // Last, as a text beside it may say what its records mean.
    binary.forEach(this::read);
  }

  private void read(CaptureFile file) {
    byte[] head = file.head();
    String remedy = KnownElsewhere.remedy(head);
    String name = Printable.of(file.name());
    if (remedy != null) {
      warnings.add(name + " " + remedy);
    }
    CaptureFile named = file.named(name);
    Optional<BinaryReader> binary = formats.binaryReaderOf(head);
    Optional<SeekingReader> seeking = formats.seekingReaderOf(head);
    try {
      if (binary.isPresent()) {
        readBinary(named, binary.get());
      } else if (seeking.isPresent()) {
        readAnywhere(named, seeking.get());
      } else {
        readText(named, formats.readerOf(file.name(), file.headLines(head)));
      }
    } catch (IOException e) {
      throw notReadable(name, e);
    }
  }

  private void readText(CaptureFile file, Optional<CaptureReader> reader) throws IOException {
    InputLines lines = file.open(options.linesMax(), progress::read);
    open.add(lines);
    String format = reader.map(CaptureReader::format).orElse(InputReport.UNKNOWN);
    inputs.put(
        file.name(),
        new ReadInput(file.name(), format, lines::count, lines.misunderstood(), lines.unused()));
    if (reader.isEmpty()) {
      for (Line line = lines.next(); line != null; line = lines.next()) {
        lines.notUnderstood(line, "line of an unknown format");
      }
    } else if (reader.get() instanceof HappeningReader happening) {
      tells(file, happening.teller(), happening.open(lines, capture));
      return;
    } else {
      reader.get().read(lines, capture);
    }
    lines.close();
  }

  private void readBinary(CaptureFile file, BinaryReader reader) throws IOException {
    InputBytes in = file.openBytes(options.linesMax());
    open.add(in);
    inputs.put(
        file.name(),
        new ReadInput(file.name(), reader.format(), in::count, in.misunderstood(), in.unused()));
    if (reader instanceof BinaryHappeningReader happening) {
      tells(file, happening.teller(), happening.open(in, capture));
    } else {
      reader.read(in, capture);
      in.close();
    }
  }

  private void readAnywhere(CaptureFile file, SeekingReader reader) throws IOException {
    SeekableInput in = file.openSeekable(options.linesMax());
    open.add(in);
    inputs.put(
        file.name(),
        new ReadInput(file.name(), reader.format(), in::count, in.misunderstood(), in.unused()));
    if (reader instanceof SeekingHappeningReader happening) {
      tells(file, happening.teller(), happening.open(in, capture));
    } else {
      reader.read(in, capture);
      in.close();
    }
  }

  private void tells(CaptureFile file, Teller teller, Happenings happenings) {
    TimeOrder ordered = new TimeOrder(happenings);
    orders.put(file.name(), ordered);
    told.add(new OpenInput(file.name(), teller, file.size(), ordered));
  }

  /** By input, the lines so far whose times run back by more than can be put in order. */
  SortedMap<String, Late> late() {
    SortedMap<String, Late> late = new TreeMap<>();
    orders.forEach((name, order) -> {
      Late of = order.late();
      if (of != null) {
        late.put(name, of);
      }
    });
    return late;
  }

  /** Those that tell what happened. */
  ToldInputs told() {
    told.addAll(capture);
    return told;
  }

  /** All files by name. */
  SortedMap<String, ReadInput> all() {
    return inputs;
  }

  /** The file of that name. */
  ReadInput input(String name) {
    return Objects.requireNonNull(inputs.get(name));
  }

  /** Formats that no file has, whose events the trail therefore lacks. */
  List<String> missing() {
    List<String> missing = new ArrayList<>(formats.names());
    for (ReadInput input : inputs.values()) {
      missing.removeIf(input.format()::equals);
      missing.removeIf(Formats.asText(input.format())::equals);
    }
    return missing.stream().sorted().distinct().toList();
  }

  private static ImportException notReadable(String name, IOException e) {
    return new ImportException(
        name, "not readable", Refusal.reason(e), "check the file and its disk", e);
  }

  @Override
  public void close() {
    for (Closeable input : open) {
      try {
        input.close();
      } catch (IOException e) {
        // It was only read.
      }
    }
  }
}
