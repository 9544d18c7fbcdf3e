package org.pagetrail.projections.machine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent.FlatRange;
import org.pagetrail.events.QemuEvent.RegionKind;
import org.pagetrail.events.memory.Gpa;

/**
 * What an address space of the monitor shows.
 *
 * @param addressSpace the monitor's name for it
 * @param ranges ascending, not overlapping
 * @param origin the commit, or the latest memslot where no commit was ever recorded
 * @param fromSlots true if the trail has no flat view and this is only what the memslots tell:
 *     device ranges are missing, and names are those of the RAM blocks behind the slots
 */
public record FlatView(
    String addressSpace, List<FlatRange> ranges, Origin origin, boolean fromSlots) {

  /** Copies the list. */
  public FlatView {
    ranges = List.copyOf(ranges);
  }

  /** The range that holds {@code gpa}. */
  public @Nullable FlatRange at(Gpa gpa) {
    for (FlatRange range : ranges) {
      if (range.start().compareTo(gpa) <= 0 && gpa.compareTo(range.lastByte()) <= 0) {
        return range;
      }
    }
    return null;
  }

  FlatView withRomdMode(String device, boolean romd) {
    RegionKind from = romd ? RegionKind.IO : RegionKind.ROMD;
    RegionKind to = romd ? RegionKind.ROMD : RegionKind.IO;
    List<FlatRange> changed = new ArrayList<>(ranges);
    changed.replaceAll(range ->
        range.region().equals(device) && range.kind() == from
            ? new FlatRange(range.start(), range.lastByte(), range.region(), to, range.offset())
            : range);
    return new FlatView(addressSpace, changed, origin, fromSlots);
  }
}
