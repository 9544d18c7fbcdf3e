package org.pagetrail.app.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.Recording;
import org.pagetrail.events.HostEvent.ContentSeen;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.projections.machine.MachineProjection;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Memslot;
import org.pagetrail.projections.machine.Stage2Entry;
import org.pagetrail.simulation.loop.RunOn;
import org.pagetrail.store.fold.OffHeapStores;

/**
 * A write that stage 2 lets through leaves no line in any trace. Where a page of a read-only slot
 * ends up writable and nobody looked at its content, the firmware model tells what it would have
 * written.
 */
final class UnseenWrites {
  private UnseenWrites() {}

  /**
   * True if a page of the recording may have been written without anybody looking.
   *
   * @param recorded all that is about the page
   */
  static boolean areThere(List<TrailEntry> recorded, Gpa gpa) {
    MachineState state = new MachineProjection().fold(recorded);
    Memslot slot = state.slots().at(gpa);
    Stage2Entry mapping = state.stage2().at(gpa);
    return slot != null
        && slot.isReadOnly()
        && mapping != null
        && mapping.perms().write()
        && !isContentSeen(recorded, mapping.pfn());
  }

  /**
   * The entries about a page, with what the model derives behind the end of the recording if that
   * is needed.
   *
   * @param about all that is about the page
   * @param whole the recording that these entries are of
   */
  static List<TrailEntry> derivedFor(
      List<TrailEntry> about, Gpa gpa, KernelModel kernel, Recording whole) {
    if (!areThere(about, gpa)) {
      return about;
    }
    try (OffHeapStores stores = new OffHeapStores()) {
      @Nullable Trail behind = RunOn.behindTheEnd(whole.entries(), whole.survey(), kernel, stores);
      List<TrailEntry> all = new ArrayList<>(about);
      all.addAll(behind == null ? List.of() : behind.entries());
      return all;
    }
  }

  private static boolean isContentSeen(List<TrailEntry> recorded, Pfn pfn) {
    for (TrailEntry entry : recorded) {
      if (entry.event() instanceof ContentSeen seen
          && seen.pfn().equals(pfn)
          && !seen.words().isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
