package org.pagetrail.simulation.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.run.RunStores;
import org.pagetrail.simulation.Provenance;

/** The end of a replay that grows: what one step of it wrote, and what later events rest on. */
final class ReplayWriter {
  private final Provenance provenance;
  private final List<TrailEntry> entries = new ArrayList<>();
  private final List<TrailEntry> others = new ArrayList<>();
  private long size;

  ReplayWriter() {
    this(new Provenance(), 0);
  }

  private ReplayWriter(Provenance provenance, long size) {
    this.provenance = provenance;
    this.size = size;
  }

  /** The writer as it is now, good until it is settled. */
  ReplayWriter copy() {
    return new ReplayWriter(provenance.copy(), size);
  }

  /** A writer that goes on by itself. */
  ReplayWriter fork() {
    return new ReplayWriter(provenance.fork(), size);
  }

  void settleIn(RunStores stores) {
    provenance.settleIn(stores);
  }

  void settle() {
    provenance.settle();
  }

  /** Begins the next step. */
  void begin() {
    entries.clear();
    others.clear();
  }

  /** The position of the next entry. */
  long size() {
    return size;
  }

  /** What the step wrote. */
  List<TrailEntry> entries() {
    return entries;
  }

  /** The same entries as the other kernel words them. */
  List<TrailEntry> others() {
    return others;
  }

  /** What the step wrote from a position on. */
  List<TrailEntry> entriesFrom(long seq) {
    return entries.subList((int) (entries.size() - (size - seq)), entries.size());
  }

  /** The facts that an event rests on. */
  SortedSet<Long> factsBehind(Event event) {
    return provenance.factsBehind(event);
  }

  /** Appends a recorded entry with other causes. */
  long copy(TrailEntry recorded, SortedSet<Long> causes) {
    TrailEntry entry =
        new TrailEntry(
            size,
            recorded.timeNanos(),
            recorded.standing(),
            recorded.event(),
            List.copyOf(causes),
            recorded.rule(),
            recorded.source());
    add(entry, entry);
    return entry.seq();
  }

  /**
   * Appends an event that no trace said.
   *
   * @param other the same event of the other kernel
   * @param otherRule its rule
   */
  long append(
      @Nullable Long time,
      Standing standing,
      Event event,
      SortedSet<Long> causes,
      @Nullable Citation rule,
      Event other,
      @Nullable Citation otherRule) {
    Standing known = standing == Standing.DERIVED ? Standing.ofDecision(event) : standing;
    List<Long> all = List.copyOf(causes);
    TrailEntry entry = new TrailEntry(size, time, known, event, all, rule, null);
    boolean same = event.equals(other) && (rule == null || rule.equals(otherRule));
    add(entry, same ? entry : new TrailEntry(size, time, known, other, all, otherRule, null));
    return entry.seq();
  }

  private void add(TrailEntry entry, TrailEntry other) {
    entries.add(entry);
    others.add(other);
    provenance.apply(entry);
    size++;
  }
}
