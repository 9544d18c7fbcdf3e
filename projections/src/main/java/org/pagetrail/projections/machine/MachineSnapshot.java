package org.pagetrail.projections.machine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.projections.ranges.Run;

/**
 * The state of a machine at one moment as a value, to print or to send: everything as ranges.
 *
 * @param lastSeq the entry after which this was the state, -1 before the first
 * @param lastTimeNanos the latest time on the trail's clock, null if none
 * @param run what is said about the run as a whole
 * @param flatView what the processors see, or what the memslots tell of it
 * @param ramBlocks in the order of their names
 * @param slots ascending by address space and id
 * @param stage2 ascending by guest address
 * @param hostPages ascending by host address
 * @param hostMappings ascending by host address, neighbours not joined
 * @param zeroPages the frames known to be zero pages
 * @param contents ascending by frame
 * @param vcpus ascending by number
 * @param milestones in their order, the first of them
 * @param step the step that the guest's program is in, null if none was named
 * @param hang the poll that the guest is caught in, null if it makes progress
 */
public record MachineSnapshot(
    long lastSeq,
    @Nullable Long lastTimeNanos,
    RunFacts run,
    FlatView flatView,
    List<RamBlock> ramBlocks,
    List<Memslot> slots,
    List<Stage2Range> stage2,
    List<HostRange> hostPages,
    List<HostMapping> hostMappings,
    List<Pfn> zeroPages,
    List<FrameContent> contents,
    List<Vcpu> vcpus,
    List<Milestone> milestones,
    @Nullable Milestone step,
    @Nullable Hang hang) {

  /** Copies the lists. */
  public MachineSnapshot {
    ramBlocks = List.copyOf(ramBlocks);
    slots = List.copyOf(slots);
    stage2 = List.copyOf(stage2);
    hostPages = List.copyOf(hostPages);
    hostMappings = List.copyOf(hostMappings);
    zeroPages = List.copyOf(zeroPages);
    contents = List.copyOf(contents);
    vcpus = List.copyOf(vcpus);
    milestones = List.copyOf(milestones);
  }

  /** The state as it is now; later entries do not change what is returned. */
  public static MachineSnapshot of(MachineState state) {
    HostMemory host = state.host();
    Guest guest = state.guest();
    return new MachineSnapshot(
        state.lastSeq(),
        state.lastTimeNanos(),
        state.run(),
        state.flatView(),
        List.copyOf(state.monitor().ramBlocks()),
        List.copyOf(state.slots().all()),
        Stage2Range.of(state.stage2().entries()),
        HostRange.of(host.pages()),
        host.mappings().stream().map(Run::value).toList(),
        List.copyOf(host.zeroPages()),
        FrameContent.of(host),
        List.copyOf(guest.vcpus()),
        guest.milestones(),
        guest.step(),
        guest.hang());
  }
}
