package org.pagetrail.store.fold;

import org.jspecify.annotations.Nullable;

/**
 * Pages that two states know differently. Which event told of a page is no difference: the events
 * behind a parting are counted anew on either side.
 */
public sealed interface PageDifference {
  /** How many pages there are; they follow each other. */
  long pages();

  /**
   * Guest frames.
   *
   * @param first the first of them
   * @param left what stage 2 maps there on the left, null if nothing
   * @param right the same on the right
   */
  record OfGuest(long first, long pages, @Nullable Stage2Page left, @Nullable Stage2Page right)
      implements PageDifference {}

  /**
   * Host pages.
   *
   * @param first the number of the first of them
   * @param left what is known of it on the left, null if nothing
   * @param right the same on the right
   */
  record OfHost(long first, long pages, @Nullable HostPageState left, @Nullable HostPageState right)
      implements PageDifference {}
}
