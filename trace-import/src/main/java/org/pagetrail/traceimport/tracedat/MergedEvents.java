package org.pagetrail.traceimport.tracedat;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.Happening;
import org.pagetrail.traceimport.capture.Happenings;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.QemuLine;
import org.pagetrail.traceimport.ftrace.MarkedEvents;
import org.pagetrail.traceimport.ftrace.ProbeNames;
import org.pagetrail.traceimport.input.SeekableInput;

/** The events of all processors in the order of their times. */
final class MergedEvents implements Happenings {
  private final SeekableInput in;
  private final EventDecoder decoder;
  private final PriorityQueue<CpuEvents> queue =
      new PriorityQueue<>(
          Comparator.comparingLong((CpuEvents events) -> events.time() ^ Long.MIN_VALUE)
              .thenComparingInt(events -> events.data().cpu()));
  private final Deque<Happening> told = new ArrayDeque<>();

  MergedEvents(Layout layout, SeekableInput in, ProbeNames probes) {
    this.in = in;
    this.decoder = new EventDecoder(layout, probes);
    for (Layout.CpuData data : layout.cpus()) {
      try {
        advance(new CpuEvents(data, layout.pageHeader(), new Pages(in, data)));
      } catch (Damaged damage) {
        in.notUnderstood(damage.kind());
      }
    }
  }

  @Override
  public @Nullable Happening next() {
    while (told.isEmpty()) {
      CpuEvents next = queue.poll();
      if (next == null) {
        return null;
      }
      lost(next);
      in.begin();
      KernelLine line = decoder.line(next, in);
      QemuLine ofQemu = line == null ? null : MarkedEvents.ofQemu(line);
      if (ofQemu != null) {
        told.add(ofQemu);
      } else if (line != null) {
        told.add(line);
      }
      advance(next);
    }
    return told.poll();
  }

  private void advance(CpuEvents events) {
    try {
      if (events.advance()) {
        queue.add(events);
      } else if (events.data().cut()) {
        lost(events, 0);
      }
    } catch (Damaged damage) {
      in.notUnderstood(damage.kind());
      lost(events, 0);
    }
  }

  private void lost(CpuEvents events) {
    Long count = events.missed();
    if (count != null) {
      lost(events, count);
    }
  }

  /** Says that events of a processor are missing from here on, or were until here. */
  private void lost(CpuEvents events, long count) {
    in.begin();
    told.add(
        new KernelLine(
            in.source(events.offset()),
            null,
            0,
            KernelLine.NO_PROCESS,
            new KernelFact.Lost(count)));
  }
}
