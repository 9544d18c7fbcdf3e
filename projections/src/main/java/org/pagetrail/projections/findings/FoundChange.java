package org.pagetrail.projections.findings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One change of what is found: all of them up to an entry, in their order, tell what was found
 * there.
 *
 * @param seq the entry that made it
 * @param book the number of the book that it is a change of; {@link #END} for what the end of the
 *     run shows
 * @param first the first page, or frame, whose tally changed
 * @param pages how many
 * @param tally what they have against them now, as it reads at the first; null if nothing
 * @param ended what the end of the run shows
 */
public record FoundChange(
    long seq, int book, long first, long pages, @Nullable Tally tally, List<Finding> ended) {
  /** The book of what the end of a run shows. */
  static final int END = -1;

  /** Copies the list. */
  public FoundChange {
    ended = List.copyOf(ended);
  }
}
