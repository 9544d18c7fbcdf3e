package org.pagetrail.events;

/** How we know an event. */
public enum Standing {
  /** A trace said it. */
  OBSERVED,
  /** The model decided it, by a rule. */
  DERIVED,
  /** Nobody said it; we filled a hole, and say so. */
  ASSUMED
}
