package org.pagetrail.guest.step;

import org.pagetrail.events.AccessKind;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Citation;

/** A plain store, after which the program goes on whatever became of it. */
public record Store<M>(Gpa gpa, int width, Long value, Citation rule) implements Access<M> {
  @Override
  public AccessKind access() {
    return AccessKind.WRITE;
  }

  @Override
  public Expansion<M> answered(M memory, GuestAccessCompleted completion) {
    return Expansion.done(memory);
  }
}
