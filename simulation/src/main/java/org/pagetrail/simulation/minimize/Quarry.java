package org.pagetrail.simulation.minimize;

import java.util.SortedSet;
import org.pagetrail.events.trail.Trail;

/** What a part of a recording must still show. */
interface Quarry {
  /** True if a part is a legal run and shows it. */
  boolean isShownBy(Trail part);

  /** The last stimulus of the recording that it can rest on. */
  default long last() {
    return slice().getLast();
  }

  /** What it rests on by the causes that are named; more may be needed. */
  SortedSet<Long> slice();
}
