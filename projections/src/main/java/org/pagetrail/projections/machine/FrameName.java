package org.pagetrail.projections.machine;

import org.pagetrail.events.memory.Pfn;
import org.pagetrail.projections.ranges.RunValue;

/**
 * What frames of one trail are called in another.
 *
 * @param there the name of the first frame in the other trail
 */
public record FrameName(Pfn there) implements RunValue<FrameName> {
  @Override
  public FrameName from(long pages) {
    return pages == 0 ? this : new FrameName(there.plus(pages));
  }
}
