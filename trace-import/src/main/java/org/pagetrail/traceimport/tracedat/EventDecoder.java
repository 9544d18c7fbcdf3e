package org.pagetrail.traceimport.tracedat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.eventformat.EventData;
import org.pagetrail.traceimport.eventformat.EventFormat;
import org.pagetrail.traceimport.eventformat.Field;
import org.pagetrail.traceimport.ftrace.KernelEvents;
import org.pagetrail.traceimport.ftrace.ProbeNames;
import org.pagetrail.traceimport.input.SeekableInput;

/** What an event of the ring buffer says, by the format that its number names. */
final class EventDecoder {
  private static final String THREAD = "common_pid";

  /** What a format means here. */
  private record Known(EventFormat format, @Nullable Field thread, boolean used) {}

  private final Map<Integer, Known> known = new HashMap<>();
  private final KernelEvents events;
  private final Layout layout;

  EventDecoder(Layout layout, ProbeNames probes) {
    this.layout = layout;
    this.events = new KernelEvents(probes);
    layout
        .formats()
        .forEach((id, format) ->
            known.put(
                id, new Known(format, format.fields().get(THREAD), events.isKnown(format.name()))));
  }

  /** The line of an event, or null after it was counted as not understood. */
  @Nullable KernelLine line(CpuEvents found, SeekableInput in) {
    EventData event = found.event();
    // The number of the format is the first field of every event, and has 16 bits.
    Known of = event == null ? null : known.get((int) event.number(0, Short.BYTES, false));
    if (event == null || of == null) {
      in.notUnderstood("event without a format");
      return null;
    }
    String name = of.format().name();
    if (!of.used()) {
      in.notUnderstood("event " + name);
      return null;
    }
    try {
      KernelFact fact = events.parse(name, of.format().text(event).strip());
      if (fact == null) {
        in.notUnderstood(name + " with other arguments");
        return null;
      }
      Field thread = of.thread();
      int id = thread == null ? 0 : (int) event.number(thread);
      return new KernelLine(
          in.source(found.offset()),
          layout.scale().nanos(found.data().clock(), found.time()),
          Math.max(0, id),
          KernelLine.NO_PROCESS,
          fact);
    } catch (IllegalArgumentException | ArithmeticException e) {
      in.notUnderstood(name + " with a number out of range");
      return null;
    }
  }
}
