package org.pagetrail.events.trail;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.Standing;

/** The ordered log of one run, growing at its end; all of it, or the end of a longer one. */
public final class Trail {
  private final List<TrailEntry> entries = new ArrayList<>();
  private final long first;

  /** An empty trail. */
  public Trail() {
    this(0);
  }

  /**
   * What follows in a trail that is kept elsewhere.
   *
   * @param first how many entries that trail has
   */
  public Trail(long first) {
    this.first = first;
  }

  /** The position of the first entry that is here. */
  public long first() {
    return first;
  }

  /** The entries so far, a view that cannot be changed. */
  public List<TrailEntry> entries() {
    return Collections.unmodifiableList(entries);
  }

  /** How many entries there are, those before the first included; the seq of the next one. */
  public long size() {
    return first + entries.size();
  }

  /** The entry at {@code seq}. */
  public TrailEntry at(long seq) {
    return entries.get(Math.toIntExact(seq - first));
  }

  /** Appends an entry that already has its seq, as a reader does. */
  public void add(TrailEntry entry) {
    if (entry.seq() != size()) {
      throw new IllegalArgumentException(
          "event " + entry.seq() + " does not follow event " + (size() - 1));
    }
    entries.add(entry);
  }

  /** Appends an event that a trace said; causes at or after this position are a mistake. */
  public TrailEntry observed(
      @Nullable Long timeNanos, Event event, SortedSet<Long> causes, Source source) {
    return append(timeNanos, Standing.OBSERVED, event, causes, null, source);
  }

  /** Appends an event that the model decided, or that says that it could not. */
  public TrailEntry derived(
      @Nullable Long timeNanos, Event event, SortedSet<Long> causes, Citation rule) {
    return append(timeNanos, Standing.ofDecision(event), event, causes, rule, null);
  }

  /** Appends an event that fills a hole. */
  public TrailEntry assumed(@Nullable Long timeNanos, Event event, SortedSet<Long> causes) {
    return append(timeNanos, Standing.ASSUMED, event, causes, null, null);
  }

  private TrailEntry append(
      @Nullable Long timeNanos,
      Standing standing,
      Event event,
      SortedSet<Long> causes,
      @Nullable Citation rule,
      @Nullable Source source) {
    TrailEntry entry =
        new TrailEntry(size(), timeNanos, standing, event, List.copyOf(causes), rule, source);
    entries.add(entry);
    return entry;
  }
}
