package org.pagetrail.projections.machine;

import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.Projection;

/**
 * Folds a trail into the state of the machine.
 *
 * <p>The state is mutable: {@link #apply} changes the one it is given and returns it.
 */
public final class MachineProjection implements Projection<MachineState> {
  private final PageStores stores;

  /** Keeps the state on the heap. */
  public MachineProjection() {
    this(PageStores.onHeap());
  }

  /** Keeps what grows with the pages in these stores. */
  public MachineProjection(PageStores stores) {
    this.stores = stores;
  }

  @Override
  public MachineState initial() {
    return new MachineState(stores);
  }

  /**
   * The state after some entry, from what was known besides pages; the stores hold the pages as
   * they were.
   */
  public MachineState restored(MachineBesidesPages rest) {
    return new MachineState(stores, rest);
  }

  @Override
  public MachineState apply(MachineState state, TrailEntry entry) {
    state.apply(entry);
    return state;
  }
}
