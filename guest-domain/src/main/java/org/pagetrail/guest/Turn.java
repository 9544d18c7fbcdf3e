package org.pagetrail.guest;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.GuestEvent.GuestAccessed;
import org.pagetrail.events.trail.Decision;

/**
 * What a vCPU does between the end of one access and the begin of the next.
 *
 * @param decisions steps that the program began, then one access; or how the program ended
 * @param next where the vCPU waits for that access; null once the program has ended
 */
public record Turn(List<Decision> decisions, @Nullable ProgramPosition next) {
  /** A turn ends with the access that the vCPU then waits for, and has no other access. */
  public Turn {
    decisions = List.copyOf(decisions);
    long accesses = decisions.stream().filter(d -> d.event() instanceof GuestAccessed).count();
    boolean waits =
        next != null && !decisions.isEmpty() && next.awaited().equals(decisions.getLast().event());
    if (next == null ? accesses != 0 : accesses != 1 || !waits) {
      throw new IllegalArgumentException("a turn ends with the one access that is waited for");
    }
  }
}
