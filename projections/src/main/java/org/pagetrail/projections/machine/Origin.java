package org.pagetrail.projections.machine;

import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.TrailEntry;

/**
 * Where a fact of a state comes from.
 *
 * @param seq the entry that said it
 * @param standing how that entry is known
 */
public record Origin(long seq, Standing standing) {

  /** The origin of what {@code entry} says. */
  public static Origin of(TrailEntry entry) {
    return new Origin(entry.seq(), entry.standing());
  }
}
