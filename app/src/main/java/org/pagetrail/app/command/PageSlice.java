package org.pagetrail.app.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;

/**
 * Some entries of a trail as a trail of their own, for the model, which wants positions without
 * gaps; and back.
 */
final class PageSlice {
  private final List<TrailEntry> entries;
  private final Trail dense = new Trail();
  private final Map<Long, Long> places = new HashMap<>();

  /**
   * A slice.
   *
   * @param entries ascending, with the positions of the whole trail
   * @param isModelled false for those that the model is not to see
   */
  PageSlice(List<TrailEntry> entries, Predicate<TrailEntry> isModelled) {
    this.entries = List.copyOf(entries);
    for (TrailEntry entry : this.entries) {
      if (!isModelled.test(entry)) {
        continue;
      }
      places.put(entry.seq(), dense.size());
      SortedSet<Long> causes = new TreeSet<>();
      for (long cause : entry.causes()) {
        Long place = places.get(cause);
        if (place != null) {
          causes.add(place);
        }
      }
      dense.add(of(entry, dense.size(), List.copyOf(causes), entry.rule()));
    }
  }

  private static TrailEntry of(
      TrailEntry entry, long seq, List<Long> causes, @Nullable Citation rule) {
    return new TrailEntry(
        seq, entry.timeNanos(), entry.standing(), entry.event(), causes, rule, entry.source());
  }

  /** The entries with positions from 0 on. */
  Trail dense() {
    return dense;
  }

  /** The entries with the rules that a trail of the same entries has, in their own positions. */
  List<TrailEntry> ruledAs(Trail ruled) {
    List<TrailEntry> result = new ArrayList<>();
    for (TrailEntry entry : entries) {
      Long place = places.get(entry.seq());
      result.add(
          place == null ? entry : of(entry, entry.seq(), entry.causes(), ruled.at(place).rule()));
    }
    return result;
  }

  /** The entries as they are. */
  List<TrailEntry> entries() {
    return entries;
  }
}
