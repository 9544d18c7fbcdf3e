package org.pagetrail.store.fold;

import java.util.List;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.KvmEvent.SlotChange;
import org.pagetrail.events.Standing;
import org.pagetrail.events.memory.MemoryType;

/** The numbers that stand for constants in the words of a state. */
final class Codes {
  static final List<PageKind> PAGE_KINDS = List.of(PageKind.values());
  static final List<MemoryType> MEMORY_TYPES = List.of(MemoryType.values());
  static final List<SlotChange> SLOT_CHANGES = List.of(SlotChange.values());

  static final List<Standing> STANDINGS = List.of(Standing.values());

  static final int UNKNOWN = PAGE_KINDS.indexOf(PageKind.UNKNOWN);
  static final int ABSENT = PAGE_KINDS.indexOf(PageKind.ABSENT);
  static final int ZERO_PAGE = PAGE_KINDS.indexOf(PageKind.ZERO_PAGE);

  private Codes() {}
}
