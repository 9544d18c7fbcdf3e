package org.pagetrail.projections.findings;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.projections.machine.FrameKind;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Stage2Entry;
import org.pagetrail.projections.ranges.Run;

/**
 * RAM that the kernel manages is mapped with the Device attribute: unaligned and exclusive accesses
 * fault, instructions cannot be fetched, and the host's own cacheable view of the page disagrees
 * with the guest's. RAM that the kernel was told not to map, and memory of a device, may be Device.
 */
final class RamIsMappedDevice implements MappingCondition {
  @Override
  public @Nullable Evidence evidence(Run<Stage2Entry> mapping, MachineState state) {
    Stage2Entry entry = mapping.value();
    FrameKind kind =
        entry.memoryType() == MemoryType.DEVICE ? state.host().kindOf(entry.pfn()) : null;
    return kind != null && isManagedRam(kind.kind())
        ? Evidence.of(entry.mapped(), kind.origin())
        : null;
  }

  private static boolean isManagedRam(PageKind kind) {
    return switch (kind) {
      case ZERO_PAGE,
          HUGE_ZERO_PAGE,
          ANONYMOUS,
          ANONYMOUS_HUGE,
          KSM,
          PAGE_CACHE,
          PAGE_CACHE_HUGE,
          HUGETLB,
          RESERVED_RAM ->
          true;
      case ABSENT, DEVICE, NOMAP_RAM, ZONE_DEVICE, POISONED, UNKNOWN -> false;
    };
  }
}
