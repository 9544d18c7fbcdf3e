package org.pagetrail.projections;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Input;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;

/** A trail written by hand: each call appends one event and answers its seq. */
public final class TrailBuilder {
  private final Trail trail = new Trail();
  private @Nullable Long timeNanos;

  /** The time of the events that follow. */
  public TrailBuilder at(long nanos) {
    timeNanos = nanos;
    return this;
  }

  /** An event that a trace said. */
  public long observed(Event event, long... causes) {
    long line = trail.size() + 1;
    return trail
        .observed(timeNanos, event, set(causes), new Source("trace.txt", line, line * 100))
        .seq();
  }

  /** An event that the model decided by {@code rule}. */
  public long derived(String rule, Event event, long... causes) {
    Citation citation = new Citation(rule, "6.1", List.of(Input.of("input", "value")));
    return trail.derived(timeNanos, event, set(causes), citation).seq();
  }

  /** An event that the model decided by some rule. */
  public long derived(Event event, long... causes) {
    return derived("test/rule", event, causes);
  }

  /** An event that fills a hole. */
  public long assumed(Event event, long... causes) {
    return trail.assumed(timeNanos, event, set(causes)).seq();
  }

  /** The entries so far. */
  public List<TrailEntry> entries() {
    return trail.entries();
  }

  private static SortedSet<Long> set(long... causes) {
    SortedSet<Long> set = new TreeSet<>();
    for (long cause : causes) {
      set.add(cause);
    }
    return set;
  }
}
