package org.pagetrail.guest;

import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.GuestEvent.GuestAccessed;

/** A vCPU within its program, waiting for one access to end. An immutable value. */
public interface ProgramPosition {
  /** The access that has not ended yet. */
  GuestAccessed awaited();

  /**
   * What the vCPU does next, up to and including its next access.
   *
   * @param completion the end of {@link #awaited()}
   */
  Turn proceed(GuestAccessCompleted completion);
}
