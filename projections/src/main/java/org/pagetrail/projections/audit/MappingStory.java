package org.pagetrail.projections.audit;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.TrailEntry;

/**
 * The latest stage 2 mapping of the page with what led to it, and what was counted since.
 *
 * @param mapping the entry that mapped it
 * @param fault the fault before it, null if none is known
 * @param lookup the lookup before it, null if none is known
 * @param decision the device decision before it, null if the trail has none
 * @param change the latest change of its permissions, null if none
 * @param end the entry that ended it, null while it lasts
 */
record MappingStory(
    TrailEntry mapping,
    @Nullable TrailEntry fault,
    @Nullable TrailEntry lookup,
    @Nullable TrailEntry decision,
    @Nullable TrailEntry change,
    @Nullable TrailEntry end) {

  MappingStory changed(TrailEntry entry) {
    return new MappingStory(mapping, fault, lookup, decision, entry, end);
  }

  MappingStory ended(TrailEntry entry) {
    return new MappingStory(mapping, fault, lookup, decision, change, entry);
  }

  /** From the present to the fault, what is known of it. */
  List<Long> seqs() {
    return Stream.of(end, change, mapping, decision, lookup, fault)
        .filter(Objects::nonNull)
        .map(TrailEntry::seq)
        .toList();
  }
}
