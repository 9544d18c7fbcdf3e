package org.pagetrail.projections.machine;

import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.HugeAdvice;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.projections.ranges.RunValue;

/**
 * A mapping of the monitor's address space.
 *
 * @param whole the mapping as it was reported; a part of it may have been unmapped since
 * @param name the file or name that /proc/PID/maps shows, empty if none
 */
public record HostMapping(
    HvaRange whole, Backing backing, Perms perms, HugeAdvice advice, String name, Origin origin)
    implements RunValue<HostMapping> {

  /** True if a write must not reach the page that others see: the mapping is private. */
  public boolean isPrivate() {
    return switch (backing) {
      case PRIVATE_ANONYMOUS, MEMFD_PRIVATE, FILE_PRIVATE, HUGETLB_PRIVATE -> true;
      case SHARED_ANONYMOUS, MEMFD_SHARED, FILE_SHARED, HUGETLB_SHARED, PFNMAP, UNKNOWN -> false;
    };
  }

  @Override
  public HostMapping from(long pages) {
    return this;
  }
}
