package org.pagetrail.events.trail;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.Standing;

/**
 * One event of a trail with its envelope.
 *
 * @param seq position in the trail, dense from 0
 * @param timeNanos nanoseconds on the trail's clock; null where no clock is known
 * @param standing how we know it
 * @param event what happened
 * @param causes the positions of the events that made it happen, ascending, all before seq
 * @param rule for an event that the model decided or could not, the rule
 * @param source for an observed event, where it was read
 */
public record TrailEntry(
    long seq,
    @Nullable Long timeNanos,
    Standing standing,
    Event event,
    List<Long> causes,
    @Nullable Citation rule,
    @Nullable Source source) {

  /** Checks the envelope's own laws and copies the causes. */
  public TrailEntry {
    causes = List.copyOf(causes);
    if (seq < 0) {
      throw new IllegalArgumentException("seq " + seq + " is negative");
    }
    long before = -1;
    for (long cause : causes) {
      if (cause <= before || cause >= seq) {
        throw new IllegalArgumentException(
            "causes " + causes + " of event " + seq + " are not ascending positions before it");
      }
      before = cause;
    }
    boolean decided = standing == Standing.DERIVED || standing == Standing.UNKNOWN;
    if (decided && rule == null) {
      throw new IllegalArgumentException(
          standing.name().toLowerCase(Locale.ROOT) + " event " + seq + " cites no rule");
    }
    if (standing == Standing.OBSERVED && source == null) {
      throw new IllegalArgumentException("observed event " + seq + " has no source");
    }
  }
}
