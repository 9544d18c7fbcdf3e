package org.pagetrail.projections.machine;

import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.projections.ranges.RunValue;

/** What kind of page a host frame was last said to be. */
public record FrameKind(PageKind kind, Origin origin) implements RunValue<FrameKind> {
  @Override
  public FrameKind from(long pages) {
    return this;
  }
}
