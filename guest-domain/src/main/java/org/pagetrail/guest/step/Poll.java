package org.pagetrail.guest.step;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Citation;

/**
 * A loop that does the same accesses, the last of them a read, until some bits of what it reads
 * have the value that it wants.
 */
public interface Poll<M> extends Compound<M> {
  /** One access of a turn. */
  record TurnAccess(AccessKind access, Gpa gpa, int width, @Nullable Long value) {}

  /** The accesses of each turn, the same every time. */
  List<TurnAccess> turn();

  /** The bits it looks at. */
  long mask();

  /** What these bits are to be. */
  long wanted();

  /** After how many turns it gives up; 0 for never. */
  int turnsMax();

  /** Why the program polls. */
  Citation rule();

  /** What follows once the bits are as wanted. */
  Expansion<M> ended(M memory, long seen);

  /** What follows once it has given up. */
  Expansion<M> gaveUp(M memory);

  /** What follows when the read ended with a value that nobody knows. */
  Expansion<M> unknown(M memory);

  @Override
  default Expansion<M> expand(M memory) {
    return new Expansion<>(List.of(PollAccess.firstOf(this)), memory);
  }
}
