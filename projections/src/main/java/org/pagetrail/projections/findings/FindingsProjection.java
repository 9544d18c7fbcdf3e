package org.pagetrail.projections.findings;

import java.util.List;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.Projection;

/**
 * Folds a trail into what was found in it.
 *
 * <p>The state is mutable: {@link #apply} changes the one it is given and returns it.
 */
public final class FindingsProjection implements Projection<FindingsState> {

  /** What is found in a whole trail. */
  public static List<Finding> findingsOf(Iterable<TrailEntry> entries) {
    return new FindingsProjection().fold(entries).findings();
  }

  @Override
  public FindingsState initial() {
    return new FindingsState();
  }

  @Override
  public FindingsState apply(FindingsState state, TrailEntry entry) {
    state.apply(entry);
    return state;
  }
}
