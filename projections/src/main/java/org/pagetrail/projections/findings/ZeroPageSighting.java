package org.pagetrail.projections.findings;

import java.util.List;
import org.pagetrail.events.HostEvent.Word;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.projections.machine.Origin;

/**
 * Somebody looked at a zero page.
 *
 * @param dirty the words that were not zero
 * @param news true if one of them was not known before, neither seen nor written
 * @param doors the writable stage 2 mappings of the page since it was last seen clean, ascending by
 *     guest frame, the first of them if many
 */
record ZeroPageSighting(Pfn pfn, List<Word> dirty, boolean news, List<Door> doors, Origin origin) {

  /** A stage 2 mapping through which a guest could write the page. */
  record Door(long gfn, boolean readOnlySlot, Origin mapped, boolean open) {}

  ZeroPageSighting {
    dirty = List.copyOf(dirty);
    doors = List.copyOf(doors);
  }
}
