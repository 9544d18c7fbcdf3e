package org.pagetrail.simulation.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.KvmEvent.LookupResult;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.TrailEntry;

/** Which frame a recorded fault found: by its lookup, else by the entry that it led to. */
final class RecordedLookup {
  private RecordedLookup() {}

  static @Nullable PfnResolved of(Stage2Faulted fault, List<TrailEntry> decided) {
    PfnResolved found = null;
    for (TrailEntry entry : decided) {
      switch (entry.event()) {
        case PfnResolved lookup -> found = lookup;
        case Stage2Mapped map when covers(map, fault) ->
            found = found == null ? of(map, fault) : found;
        default -> {}
      }
    }
    return found;
  }

  /** The frame that took another's place, by the entry that KVM tried to put in. */
  static @Nullable Pfn replacing(List<TrailEntry> decided) {
    for (TrailEntry entry : decided) {
      if (entry.event() instanceof Stage2Mapped map && map.size().equals(ByteSize.PAGE)) {
        return map.pfn();
      }
    }
    return null;
  }

  private static boolean covers(Stage2Mapped map, Stage2Faulted fault) {
    return fault.gpa().value() - map.gpa().value() >= 0
        && fault.gpa().value() - map.gpa().value() < map.size().bytes();
  }

  private static PfnResolved of(Stage2Mapped map, Stage2Faulted fault) {
    long page = (fault.gpa().value() - map.gpa().value()) / PageSize.BASE_BYTES;
    return new PfnResolved(
        fault.gpa().gfn(),
        fault.access().writes(),
        LookupResult.FOUND,
        map.pfn().plus(page),
        PageKind.UNKNOWN,
        null);
  }
}
