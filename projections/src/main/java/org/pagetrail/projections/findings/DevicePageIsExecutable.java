package org.pagetrail.projections.findings;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Stage2Entry;
import org.pagetrail.projections.ranges.Run;

/**
 * A Device mapping is executable: speculative instruction fetches may reach the device. On x86 KVM
 * never takes execute permission from a device mapping, and nothing is found there.
 */
final class DevicePageIsExecutable implements MappingCondition {
  @Override
  public @Nullable Evidence evidence(Run<Stage2Entry> mapping, MachineState state) {
    Stage2Entry entry = mapping.value();
    HostDescribed host = state.run().host();
    boolean isX86 = host != null && host.arch().startsWith("x86");
    return entry.memoryType() == MemoryType.DEVICE && entry.perms().execute() && !isX86
        ? Evidence.of(entry.mapped(), entry.lastChange())
        : null;
  }
}
