package org.pagetrail.traceimport.tracedat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pagetrail.events.trail.Source;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.Capture.Dropped;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.QemuClock;
import org.pagetrail.traceimport.capture.QemuLine;
import org.pagetrail.traceimport.capture.SeekingReader;
import org.pagetrail.traceimport.ftrace.MarkedEvents;
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
public final class TraceDatReader implements SeekingReader {
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
  public void read(SeekableInput in, Capture capture) {
    List<KernelLine> trace = capture.kernelTrace(in.name());
    try {
      Layout layout = layout(in);
      readDropped(layout, in, capture);
      readEvents(layout, in, trace, capture);
    } catch (Damaged damage) {
      in.notUnderstood(damage.kind());
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
      case "7" -> VersionSeven.read(part, in);
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

  private void readEvents(
      Layout layout, SeekableInput in, List<KernelLine> trace, Capture capture) {
    EventDecoder decoder = new EventDecoder(layout, probes);
    List<QemuLine> marked = new ArrayList<>();
    PriorityQueue<CpuEvents> queue =
        new PriorityQueue<>(
            Comparator.comparingLong((CpuEvents events) -> events.time() ^ Long.MIN_VALUE)
                .thenComparingInt(events -> events.data().cpu()));
    for (Layout.CpuData data : layout.cpus()) {
      try {
        advance(new CpuEvents(data, layout.pageHeader(), new Pages(in, data)), in, queue);
      } catch (Damaged damage) {
        in.notUnderstood(damage.kind());
      }
    }
    for (CpuEvents next = queue.poll(); next != null; next = queue.poll()) {
      lost(next, in, trace);
      in.begin();
      KernelLine line = decoder.line(next, in);
      QemuLine ofQemu = line == null ? null : MarkedEvents.ofQemu(line);
      if (ofQemu != null) {
        marked.add(ofQemu);
      } else if (line != null) {
        trace.add(line);
      }
      advance(next, in, queue);
    }
    if (!marked.isEmpty()) {
      capture.qemuLog(in.name(), QemuClock.OF_TRACE).addAll(marked);
    }
  }

  private static void advance(CpuEvents events, SeekableInput in, PriorityQueue<CpuEvents> queue) {
    try {
      if (events.advance()) {
        queue.add(events);
      }
    } catch (Damaged damage) {
      in.notUnderstood(damage.kind());
    }
  }

  private static void lost(CpuEvents events, SeekableInput in, List<KernelLine> trace) {
    Long count = events.missed();
    if (count != null) {
      in.begin();
      trace.add(
          new KernelLine(
              in.source(events.offset()),
              null,
              0,
              KernelLine.NO_PROCESS,
              new KernelFact.Lost(count)));
    }
  }
}
