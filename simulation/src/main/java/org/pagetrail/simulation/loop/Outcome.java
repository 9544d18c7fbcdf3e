package org.pagetrail.simulation.loop;

import org.pagetrail.events.RunEvent.RunEnded;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;

/** How a run ended, in a word. */
public final class Outcome {
  private Outcome() {}

  /** The word that the trail has for it, {@code not said} if it has none. */
  public static String of(Trail trail) {
    for (TrailEntry entry : trail.entries().reversed()) {
      if (entry.event() instanceof RunEnded ended) {
        return ended.outcome();
      }
    }
    return "not said";
  }
}
