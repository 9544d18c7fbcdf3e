package org.pagetrail.simulation.minimize;

import java.util.List;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.simulation.whatif.FaultComparison;

/**
 * The part of a recording that still shows where two kernels part, 1-minimal: without any one of
 * its stimuli the difference is gone or the run is not legal.
 *
 * @param trail the part as a trail of its own, with the recorded answers of its faults
 * @param stimuli the stimuli as the recording has them
 * @param before how many events the recording has
 * @param stimuliBefore how many stimuli it has up to the difference
 * @param tried how many parts were replayed
 * @param left what the left kernel does
 * @param right what the right kernel does
 */
public record Minimized(
    Trail trail,
    List<TrailEntry> stimuli,
    long before,
    long stimuliBefore,
    long tried,
    FaultComparison left,
    FaultComparison right) {
  /** Copies the list. */
  public Minimized {
    stimuli = List.copyOf(stimuli);
  }
}
