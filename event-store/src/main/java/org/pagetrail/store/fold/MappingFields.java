package org.pagetrail.store.fold;

import java.lang.foreign.MemorySegment;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.store.packed.RecordLayouts;

/** Which guest frames a {@link Stage2Mapped} maps. */
record MappingFields(Field gpa, Field size, Field pfn, Field ret) {
  static MappingFields of(RecordLayouts layouts) {
    return new MappingFields(
        Field.of(layouts, Stage2Mapped.class, "gpa", "value"),
        Field.of(layouts, Stage2Mapped.class, "size", "bytes"),
        Field.of(layouts, Stage2Mapped.class, "pfn", "value"),
        Field.of(layouts, Stage2Mapped.class, "ret"));
  }

  boolean failed(MemorySegment records, long at) {
    return ret.small(records, at) != 0;
  }

  long first(MemorySegment records, long at) {
    return gpa.page(records, at);
  }

  /** The frame after the last; there is one at least. */
  long end(MemorySegment records, long at) {
    long first = first(records, at);
    long pages = Math.max(1, size.bytes(records, at) >>> PageSize.BASE_SHIFT);
    return first + Math.min(pages, RunTable.PAGES - first);
  }

  /** True if address and size are those of one table entry. */
  boolean isAligned(MemorySegment records, long at) {
    long bytes = size.bytes(records, at);
    long pages = end(records, at) - first(records, at);
    return bytes == pages << PageSize.BASE_SHIFT && (gpa.number(records, at) & (bytes - 1)) == 0;
  }
}
