package org.pagetrail.guest;

import java.util.List;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Input;

/**
 * A rule by which the guest decides.
 *
 * @param id such as {@code guest/poll-without-progress}
 * @param sentence what it says
 * @param source where it is known from
 */
public record GuestRule(String id, String sentence, String source) {
  /** The rule, cited with the values that it read. */
  public Citation cite(Input... inputs) {
    return new Citation(id, source, List.of(inputs));
  }
}
