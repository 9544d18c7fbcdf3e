package org.pagetrail.guest.follow;

import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Citation;

/** What a recorded guest would have done, had a read returned another value. */
public sealed interface Verdict {
  /** Why. */
  Citation rule();

  /** The same as recorded. */
  record GoesOn(Citation rule) implements Verdict {}

  /**
   * It would have polled on where the recording goes on.
   *
   * @param seen what it reads instead
   * @param mask the bits it looks at
   * @param wanted what these bits are to be
   */
  record KeepsPolling(Gpa gpa, long seen, long mask, long wanted, Citation rule)
      implements Verdict {}

  /**
   * Something else; what, is not followed.
   *
   * @param why in words, such as {@code the block is locked}
   */
  record Leaves(String why, Citation rule) implements Verdict {}

  /**
   * Nobody can say, because one of the two values is not known.
   *
   * @param why which one
   */
  record NotKnown(String why, Citation rule) implements Verdict {}
}
