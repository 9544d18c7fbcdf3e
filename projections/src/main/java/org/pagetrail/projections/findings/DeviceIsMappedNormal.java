package org.pagetrail.projections.findings;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.projections.machine.FrameKind;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Stage2Entry;
import org.pagetrail.projections.ranges.Run;

/**
 * A frame without struct page is mapped Normal write-back: accesses may be cached, merged and
 * speculated. Normal non-cacheable is what KVM chooses on purpose for VFIO BARs since 8c47ce3e1d2c,
 * and is not found. Device memory that the host itself maps cacheable (216887f79d98) is found
 * although wanted: no event tells it apart.
 */
final class DeviceIsMappedNormal implements MappingCondition {
  @Override
  public @Nullable Evidence evidence(Run<Stage2Entry> mapping, MachineState state) {
    Stage2Entry entry = mapping.value();
    FrameKind kind =
        entry.memoryType() == MemoryType.NORMAL ? state.host().kindOf(entry.pfn()) : null;
    return kind != null && kind.kind() == PageKind.DEVICE
        ? Evidence.of(entry.mapped(), kind.origin())
        : null;
  }
}
