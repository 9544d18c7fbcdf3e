package org.pagetrail.projections.findings;

import org.jspecify.annotations.Nullable;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Memslot;
import org.pagetrail.projections.machine.Stage2Entry;
import org.pagetrail.projections.ranges.Run;

/**
 * Stage 2 lets the guest write in a slot with KVM_MEM_READONLY, where a write must exit (api.rst,
 * KVM_SET_USER_MEMORY_REGION). From then on writes leave no line in any trace.
 */
final class ReadOnlySlotIsWritable implements MappingCondition {
  @Override
  public @Nullable Evidence evidence(Run<Stage2Entry> mapping, MachineState state) {
    Stage2Entry entry = mapping.value();
    Memslot slot = entry.perms().write() ? state.slots().atFrame(mapping.first()) : null;
    return slot != null && slot.isReadOnly()
        ? Evidence.of(slot.flagsSet(), entry.mapped(), entry.lastChange())
        : null;
  }
}
