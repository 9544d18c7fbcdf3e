package org.pagetrail.bench.run;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.axonframework.conversion.PassThroughConverter;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.pagetrail.projections.machine.MachineProjection;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.axon.TrailLogEngine;
import org.pagetrail.store.file.FileTrailLog;
import org.pagetrail.store.fold.FoldedState;
import org.pagetrail.store.fold.PackedFold;

/** The ways to go through a trail from its first event to its last. */
final class Replays {
  private Replays() {}

  /** One way; returns something that depends on all events, so that none is left out. */
  @FunctionalInterface
  interface Replay {
    long run(FileTrailLog log);
  }

  /** The ways that cost as much as reading memory does. */
  static Map<String, Replay> packed() {
    Map<String, Replay> ways = new LinkedHashMap<>();
    ways.put("sum of the records", Replays::sum);
    ways.put("sum and checksums", Replays::sumChecked);
    ways.put("packed fold", Replays::fold);
    return ways;
  }

  /** The ways that make an object of each event. */
  static Map<String, Replay> objects() {
    Map<String, Replay> ways = new LinkedHashMap<>();
    ways.put("event objects", Replays::read);
    ways.put("object projection", Replays::project);
    ways.put("Axon stream", Replays::stream);
    return ways;
  }

  /** What the machine can do: the records as numbers, nothing looked at or checked. */
  static long sum(FileTrailLog log) {
    long[] sum = new long[1];
    log.reader().eachUncheckedBlock(records -> sum[0] += sum(records));
    return sum[0];
  }

  static long sumChecked(FileTrailLog log) {
    long[] sum = new long[1];
    log.reader()
        .eachBlock(
            0,
            (seq, count, records) -> {
              sum[0] += sum(records);
              return true;
            });
    return sum[0];
  }

  private static long sum(MemorySegment records) {
    long sum = 0;
    long end = records.byteSize() - Long.BYTES;
    for (long at = 0; at <= end; at += Long.BYTES) {
      sum += records.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
    }
    return sum;
  }

  static long fold(FileTrailLog log) {
    PackedFold fold = new PackedFold(log.reader().layouts());
    try (FoldedState state = FoldedState.empty()) {
      log.reader()
          .eachBlock(
              0,
              (seq, count, records) -> {
                fold.fold(state, seq, records, Long.MAX_VALUE);
                return true;
              });
      return state.lastSeq();
    }
  }

  static long read(FileTrailLog log) {
    long hash = 0;
    for (Iterator<LogEntry> entries = log.read(0); entries.hasNext(); ) {
      hash += entries.next().seq();
    }
    return hash;
  }

  static long project(FileTrailLog log) {
    MachineProjection projection = new MachineProjection();
    MachineState state = projection.initial();
    for (Iterator<LogEntry> entries = log.read(0); entries.hasNext(); ) {
      if (entries.next() instanceof LogEntry.Recorded recorded) {
        state = projection.apply(state, recorded.entry());
      }
    }
    return state.lastSeq();
  }

  /** Axon's event store hands out every event; nothing is done with it. */
  static long stream(FileTrailLog log) {
    long hash = 0;
    TrailLogEngine engine = TrailLogEngine.writing(log, PassThroughConverter.INSTANCE);
    MessageStream<EventMessage> stream =
        engine.source(SourcingCondition.conditionFor(EventCriteria.havingAnyTag()), null);
    for (var next = stream.next(); next.isPresent(); next = stream.next()) {
      hash += next.get().message().type().hashCode();
    }
    return hash;
  }
}
