package org.pagetrail.traceimport.link;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.Trail;

/** Appends events to the trail and counts them by input. */
public final class TrailWriter {
  private final Trail trail = new Trail();
  private final Map<String, Long> eventsByInput = new HashMap<>();

  /** Appends what a line said; returns its position. */
  long observed(@Nullable Long timeNanos, Event event, Causes causes, Source source) {
    eventsByInput.merge(source.input(), 1L, Long::sum);
    return trail.observed(timeNanos, event, causes.seqs(), source).seq();
  }

  /** Appends what no line said. */
  long assumed(@Nullable Long timeNanos, Event event, Causes causes) {
    return trail.assumed(timeNanos, event, causes.seqs()).seq();
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
    return eventsByInput.getOrDefault(input, 0L);
  }

  /** The trail so far. */
  public Trail trail() {
    return trail;
  }
}
