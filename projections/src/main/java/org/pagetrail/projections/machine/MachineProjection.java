package org.pagetrail.projections.machine;

import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.Projection;

/**
 * Folds a trail into the state of the machine.
 *
 * <p>The state is mutable: {@link #apply} changes the one it is given and returns it.
 */
public final class MachineProjection implements Projection<MachineState> {
  @Override
  public MachineState initial() {
    return new MachineState();
  }

  @Override
  public MachineState apply(MachineState state, TrailEntry entry) {
    state.apply(entry);
    return state;
  }
}
