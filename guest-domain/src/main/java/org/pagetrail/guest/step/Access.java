package org.pagetrail.guest.step;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Citation;

/** A step that is one access of memory. */
public non-sealed interface Access<M> extends Step<M> {
  /** What the instruction does. */
  AccessKind access();

  /** Its first byte. */
  Gpa gpa();

  /** Bytes. */
  int width();

  /** What is written; null for reads and where unknown. */
  @Nullable Long value();

  /** Why the program does it. */
  Citation rule();

  /** What follows from how the access ended. */
  Expansion<M> answered(M memory, GuestAccessCompleted completion);
}
