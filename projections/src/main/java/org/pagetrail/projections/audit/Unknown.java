package org.pagetrail.projections.audit;

import java.util.List;

/**
 * Something about a page that the trail does not tell.
 *
 * @param what what is not known and why, in one sentence without a full stop
 * @param evidence the entries that show it, ascending; may be empty
 */
public record Unknown(String what, List<Long> evidence) {
  /** Copies the list. */
  public Unknown {
    evidence = List.copyOf(evidence);
  }
}
