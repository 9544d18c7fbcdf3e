package org.pagetrail.store.fold;

import java.lang.foreign.MemorySegment;
import org.pagetrail.events.Event;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.store.packed.DamagedBlock;
import org.pagetrail.store.packed.RecordLayouts;

/** The component {@code range} of an event, as the pages that it touches. */
record RangeFields(Field start, Field size) {
  static RangeFields of(RecordLayouts layouts, Class<? extends Event> type) {
    return new RangeFields(
        Field.of(layouts, type, "range", "start", "value"),
        Field.of(layouts, type, "range", "size", "bytes"));
  }

  long first(MemorySegment records, long at) {
    return start.page(records, at);
  }

  /** The page after the last; the first if the range is empty. */
  long end(MemorySegment records, long at) {
    long from = start.number(records, at);
    long bytes = size.bytes(records, at);
    if (bytes == 0) {
      return from >>> PageSize.BASE_SHIFT;
    }
    long last = from + bytes - 1;
    if (Long.compareUnsigned(last, from) < 0) {
      throw new DamagedBlock("a range passes the end of the address space");
    }
    return (last >>> PageSize.BASE_SHIFT) + 1;
  }
}
