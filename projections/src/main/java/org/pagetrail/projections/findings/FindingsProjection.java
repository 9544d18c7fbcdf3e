package org.pagetrail.projections.findings;

import java.util.List;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.Projection;
import org.pagetrail.projections.machine.MachineProjection;
import org.pagetrail.projections.machine.PageStores;

/**
 * Folds a trail into what was found in it.
 *
 * <p>The state is mutable: {@link #apply} changes the one it is given and returns it.
 */
public final class FindingsProjection implements Projection<FindingsState> {
  private final MachineProjection machine;

  /** Keeps the machine's state on the heap. */
  public FindingsProjection() {
    this(PageStores.onHeap());
  }

  /** Keeps what grows with the pages of the machine in these stores. */
  public FindingsProjection(PageStores stores) {
    this.machine = new MachineProjection(stores);
  }

  /** What is found in a whole trail. */
  public static List<Finding> findingsOf(Iterable<TrailEntry> entries) {
    return new FindingsProjection().fold(entries).findings();
  }

  @Override
  public FindingsState initial() {
    return new FindingsState(machine.initial());
  }

  @Override
  public FindingsState apply(FindingsState state, TrailEntry entry) {
    state.apply(entry);
    return state;
  }
}
