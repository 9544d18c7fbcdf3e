package org.pagetrail.events;

/** How we know an event. */
public enum Standing {
  /** A trace said it. */
  OBSERVED,
  /** The model decided it, by a rule. */
  DERIVED,
  /** Nobody said it; we filled a hole, and say so. */
  ASSUMED,
  /** The model was asked and does not know: the rule that it cites says what is open. */
  UNKNOWN;

  /** How we know an event that the model decided. */
  public static Standing ofDecision(Event event) {
    return event instanceof KvmEvent.Undecided ? UNKNOWN : DERIVED;
  }
}
