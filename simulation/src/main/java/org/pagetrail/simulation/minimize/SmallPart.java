package org.pagetrail.simulation.minimize;

import java.util.List;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;

/**
 * The part of a recording that still shows what was looked for, 1-minimal: without any one of its
 * stimuli it is gone or the run is not legal.
 *
 * @param trail the part as a trail of its own, with the recorded answers of its faults
 * @param stimuli the stimuli as the recording has them
 * @param before how many events the recording has
 * @param stimuliBefore how many stimuli it has up to what was looked for
 * @param slice how many of them it rests on by their causes
 * @param tried how many parts were replayed
 */
public record SmallPart(
    Trail trail,
    List<TrailEntry> stimuli,
    long before,
    long stimuliBefore,
    long slice,
    long tried) {
  /** Copies the list. */
  public SmallPart {
    stimuli = List.copyOf(stimuli);
  }
}
