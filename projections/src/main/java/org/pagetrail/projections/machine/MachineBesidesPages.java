package org.pagetrail.projections.machine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.projections.ranges.PageSpan;
import org.pagetrail.projections.ranges.Run;

/**
 * What a machine's state knows besides stage 2, the host's pages and the kinds of frames: together
 * with those it is the state. A value, so that a store can keep it.
 *
 * @param lastSeq the last entry, -1 before the first
 * @param lastTimeNanos the latest time on the trail's clock, null if none
 * @param slots all memslots
 * @param slotsFound those of the main address space that are found by their first frame
 * @param saidByKvm true if slots are those of KVM's own record
 * @param unmapsRecorded true once the trail showed an unmap of stage 2
 * @param invalidated guest frames whose mapping a notifier call concerned and no unmap followed
 * @param lookups the latest lookups, the last first
 * @param zeroPages the frames known to be zero pages
 * @param contents what is known of the bytes of frames
 * @param filled what was filled or loaded, by host page
 * @param milestoneCount how many milestones there were, those that are not kept too
 */
public record MachineBesidesPages(
    long lastSeq,
    @Nullable Long lastTimeNanos,
    RunFacts run,
    List<Memslot> slots,
    List<SlotId> slotsFound,
    boolean saidByKvm,
    boolean unmapsRecorded,
    List<PageSpan> invalidated,
    List<Lookup> lookups,
    List<Run<HostMapping>> mappings,
    List<Pfn> zeroPages,
    List<FrameContent> contents,
    List<Run<RangeContent>> filled,
    List<FlatView> views,
    List<RamBlock> ramBlocks,
    List<RomdMode> romdModes,
    List<Vcpu> vcpus,
    List<Milestone> milestones,
    long milestoneCount,
    @Nullable Milestone step,
    @Nullable Hang hang) {

  /** A lookup of a guest frame. */
  public record Lookup(long gfn, long seq) {}

  /** Whether a ROM device is in romd mode. */
  public record RomdMode(String device, boolean romd) {}

  /** Copies the lists. */
  public MachineBesidesPages {
    slots = List.copyOf(slots);
    slotsFound = List.copyOf(slotsFound);
    invalidated = List.copyOf(invalidated);
    lookups = List.copyOf(lookups);
    mappings = List.copyOf(mappings);
    zeroPages = List.copyOf(zeroPages);
    contents = List.copyOf(contents);
    filled = List.copyOf(filled);
    views = List.copyOf(views);
    ramBlocks = List.copyOf(ramBlocks);
    romdModes = List.copyOf(romdModes);
    vcpus = List.copyOf(vcpus);
    milestones = List.copyOf(milestones);
  }
}
