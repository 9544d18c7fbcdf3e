package org.pagetrail.guest.step;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Citation;

/** An access of any kind whose answer the program does not look at. */
public record Touch<M>(AccessKind access, Gpa gpa, int width, @Nullable Long value, Citation rule)
    implements Access<M> {
  @Override
  public Expansion<M> answered(M memory, GuestAccessCompleted completion) {
    return Expansion.done(memory);
  }
}
