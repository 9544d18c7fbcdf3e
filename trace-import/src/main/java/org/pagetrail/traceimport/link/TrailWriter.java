package org.pagetrail.traceimport.link;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.TrailEntry;

/** Makes the entries of the trail in their order and counts them by input. */
public final class TrailWriter {
  private static final class Count {
    private long events;
  }

  private final Consumer<TrailEntry> sink;
  private final Map<String, Count> byInput = new HashMap<>();
  private String lastInput = "";
  private Count last = new Count();
  private long next;
  private @Nullable Consumer<Event> watcher;

  /** Gives every entry to {@code sink}. */
  public TrailWriter(Consumer<TrailEntry> sink) {
    this.sink = sink;
  }

  /** Shows every event from now on to {@code watcher} before it is written. */
  void watch(Consumer<Event> by) {
    watcher = by;
  }

  /** Appends what a line said; returns its position. */
  long observed(@Nullable Long timeNanos, Event event, Causes causes, Source source) {
    count(source.input()).events++;
    return append(timeNanos, Standing.OBSERVED, event, causes, source);
  }

  /** Appends what no line said. */
  long assumed(@Nullable Long timeNanos, Event event, Causes causes) {
    return append(timeNanos, Standing.ASSUMED, event, causes, null);
  }

  private long append(
      @Nullable Long timeNanos,
      Standing standing,
      Event event,
      Causes causes,
      @Nullable Source source) {
    long seq = next++;
    if (watcher != null) {
      watcher.accept(event);
    }
    sink.accept(new TrailEntry(seq, timeNanos, standing, event, causes.seqs(), null, source));
    return seq;
  }

  /** Appends a statement about the run that an input makes. */
  public long stated(Event event, Source source) {
    return observed(null, event, Causes.of(), source);
  }

  /** Appends a statement about the run that we make. */
  public long supposed(Event event) {
    return assumed(null, event, Causes.of());
  }

  /** How many events came from an input. */
  public long eventsFrom(String input) {
    return count(input).events;
  }

  /** How many entries there are. */
  public long size() {
    return next;
  }

  @SuppressWarnings("ReferenceEquality") // the same string as before saves the look-up
  private Count count(String input) {
    if (input != lastInput) {
      last = byInput.computeIfAbsent(input, key -> new Count());
      lastInput = input;
    }
    return last;
  }
}
