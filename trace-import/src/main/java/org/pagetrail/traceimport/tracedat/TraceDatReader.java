package org.pagetrail.traceimport.tracedat;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pagetrail.events.trail.Source;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.Capture.Dropped;
import org.pagetrail.traceimport.capture.Happenings;
import org.pagetrail.traceimport.capture.SeekingHappeningReader;
import org.pagetrail.traceimport.capture.Teller;
import org.pagetrail.traceimport.ftrace.ProbeNames;
import org.pagetrail.traceimport.input.ImportException;
import org.pagetrail.traceimport.input.SeekableInput;

/**
 * Reads the file that {@code trace-cmd record} and {@code extract} write, versions 6 and 7, as
 * trace-cmd.dat.v6(5) and trace-cmd.dat.v7(5) describe it: the ring buffers of all processors as
 * they are in the kernel's memory, and the formats of their events. The events of all processors
 * are put in the order of their times, and each is printed as the kernel prints it and then read as
 * a line of the kernel's text.
 */
public final class TraceDatReader implements SeekingHappeningReader {
  private static final byte[] MAGIC = "\u0017\u0008Dtracing".getBytes(StandardCharsets.ISO_8859_1);

  /** What a buffer that is full drops before it gets into the buffer, by processor. */
  private static final Pattern DROPPED =
      Pattern.compile("(?m)^(?:dropped events|commit overrun): (\\d{1,18})$");

  private final ProbeNames probes;

  /** A reader that knows the probes by these names. */
  public TraceDatReader(ProbeNames probes) {
    this.probes = probes;
  }

  @Override
  public String format() {
    return "trace-dat";
  }

  @Override
  public boolean recognises(byte[] head) {
    return new String(head, 0, Math.min(head.length, MAGIC.length), StandardCharsets.ISO_8859_1)
        .equals(new String(MAGIC, StandardCharsets.ISO_8859_1));
  }

  @Override
  public Teller teller() {
    return Teller.KERNEL;
  }

  @Override
  public Happenings open(SeekableInput in, Capture capture) {
    try {
      Layout layout = layout(in);
      readDropped(layout, in, capture);
      return new MergedEvents(layout, in, probes);
    } catch (Damaged damage) {
      in.notUnderstood(damage.kind());
      return () -> null;
    }
  }

  private static Layout layout(SeekableInput in) throws Damaged {
    Part part = Part.of(in, MAGIC.length);
    String version = part.string();
    boolean bigEndian = part.number8() != 0;
    part.number8();
    if (bigEndian) {
      throw new ImportException(
          in.name(),
          "trace not readable",
          "it was recorded on a big-endian machine",
          "give what trace-cmd report -t prints of it");
    }
    int pageBytes = part.number32();
    return switch (version) {
      case "6" -> VersionSix.read(part, pageBytes, in);
      case "7" -> VersionSeven.read(part, pageBytes, in);
      default ->
          throw new ImportException(
              in.name(),
              "trace not readable",
              "it has a version other than 6 and 7",
              "give what trace-cmd report -t prints of it, or what trace-cmd convert makes of it");
    };
  }

  private static void readDropped(Layout layout, SeekableInput in, Capture capture) {
    for (String statistics : layout.statistics()) {
      Matcher match = DROPPED.matcher(statistics);
      while (match.find()) {
        long count = Long.parseLong(match.group(1));
        if (count > 0) {
          capture.dropped().add(new Dropped(new Source(in.name(), 1, 0), count));
        }
      }
    }
  }
}
