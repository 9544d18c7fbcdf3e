package org.pagetrail.app.command;

import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.KernelChoice;
import org.pagetrail.app.cli.KernelName;
import org.pagetrail.events.HostEvent.ContentSeen;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.machine.MachineProjection;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Memslot;
import org.pagetrail.projections.machine.Stage2Entry;
import org.pagetrail.simulation.loop.RunOn;

/**
 * A write that stage 2 lets through leaves no line in any trace. Where a page of a read-only slot
 * ends up writable and nobody looked at its content, the firmware model tells what it would have
 * written.
 */
final class UnseenWrites {
  private UnseenWrites() {}

  /** True if a page of the recording may have been written without anybody looking. */
  static boolean areThere(Trail recorded, Gpa gpa) {
    MachineState state = new MachineProjection().fold(recorded.entries());
    Memslot slot = state.slots().at(gpa);
    Stage2Entry mapping = state.stage2().at(gpa);
    return slot != null
        && slot.isReadOnly()
        && mapping != null
        && mapping.perms().write()
        && !isContentSeen(recorded, mapping.pfn());
  }

  /** The recording, with what the model derives behind its end if that is needed. */
  static Trail derivedFor(Trail recorded, Gpa gpa) {
    if (!areThere(recorded, gpa)) {
      return recorded;
    }
    @Nullable Trail longer = RunOn.afterTheEnd(recorded, KernelChoice.of(KernelName.of(recorded)));
    return longer == null ? recorded : longer;
  }

  private static boolean isContentSeen(Trail recorded, Pfn pfn) {
    for (TrailEntry entry : recorded.entries()) {
      if (entry.event() instanceof ContentSeen seen
          && seen.pfn().equals(pfn)
          && !seen.words().isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
