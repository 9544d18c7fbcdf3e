package org.pagetrail.projections.diff;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.findings.FindingsProjection;
import org.pagetrail.projections.findings.FindingsState;
import org.pagetrail.projections.machine.PageStores;

/** One of two trails: its state and findings as it is folded, and what of it is compared. */
final class Side {
  private final FindingsProjection projection;
  private final Compared compared;
  private final Lane lane;
  private final FindingsState found;

  Side(Compared compared, Lane lane, PageStores stores) {
    this(compared, lane, new FindingsProjection(stores), null);
  }

  private Side(
      Compared compared, Lane lane, FindingsProjection projection, @Nullable FindingsState found) {
    this.compared = compared;
    this.lane = lane;
    this.projection = projection;
    this.found = found == null ? projection.initial() : found;
  }

  /** The same state for another trail that was one with this one so far. */
  Side fork(Lane other) {
    return new Side(compared, other, projection, found.fork());
  }

  /** The state, and what was found. */
  FindingsState found() {
    return found;
  }

  /** Folds an entry; its event in terms of the guest, null if it is not compared. */
  @Nullable Event fold(TrailEntry entry) {
    projection.apply(found, entry);
    return compared.told(entry.event(), found.machine().slots());
  }

  /** Folds an entry and lays it on the lane. */
  void lay(TrailEntry entry) {
    Event told = fold(entry);
    Object key = told == null ? null : Stimulus.keyOf(told, compared.accesses());
    if (key != null) {
      lane.stimulus(key, entry);
    } else if (told != null) {
      lane.consequence(new Lane.Item(entry, told));
    }
  }
}
