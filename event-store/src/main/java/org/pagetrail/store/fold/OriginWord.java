package org.pagetrail.store.fold;

import org.pagetrail.events.Standing;
import org.pagetrail.projections.machine.Origin;

/** An origin in the lower 46 bits of a word; what stands above them is left alone. */
final class OriginWord {
  /** How many bits an origin takes. */
  static final int BITS = 46;

  /** How many bits a position takes. */
  static final int SEQ_BITS = 44;

  static final long SEQ_MASK = (1L << SEQ_BITS) - 1;
  private static final long STANDING_MASK = 3;

  private OriginWord() {}

  static long of(Origin origin) {
    return checked(origin.seq()) | (long) Codes.STANDINGS.indexOf(origin.standing()) << SEQ_BITS;
  }

  static Origin origin(long word) {
    Standing standing = Codes.STANDINGS.get((int) (word >>> SEQ_BITS & STANDING_MASK));
    return new Origin(word & SEQ_MASK, standing);
  }

  /** A position, or -1 for none, as a number that is never negative. */
  static long ofOptional(long seq) {
    return checked(seq + 1);
  }

  static long optional(long word) {
    return (word & SEQ_MASK) - 1;
  }

  private static long checked(long seq) {
    if (seq < 0 || seq > SEQ_MASK) {
      throw new IllegalArgumentException("event " + seq + " is beyond what a state can name");
    }
    return seq;
  }
}
