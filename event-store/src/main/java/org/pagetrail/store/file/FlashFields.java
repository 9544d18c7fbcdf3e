package org.pagetrail.store.file;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.QemuEvent.FlashBufferStored;
import org.pagetrail.events.QemuEvent.FlashErased;
import org.pagetrail.events.QemuEvent.FlashProgrammed;
import org.pagetrail.events.QemuEvent.FlashRead;
import org.pagetrail.events.QemuEvent.FlashWritten;
import org.pagetrail.store.packed.RecordLayouts;

/** Which bytes of a flash device a packed record is about. */
final class FlashFields {
  /**
   * Where the bytes are told.
   *
   * @param offset where the first one's number is
   * @param width where their count is as a number of 32 bits, -1 if it has 64
   * @param size where their count is as a number of 64 bits
   */
  private record Fields(int offset, int width, int size) {}

  private final @Nullable Fields[] byCode = new @Nullable Fields[256];

  FlashFields(RecordLayouts layouts) {
    addAccess(layouts, FlashWritten.class);
    addAccess(layouts, FlashRead.class);
    addAccess(layouts, FlashProgrammed.class);
    addRange(layouts, FlashErased.class);
    addRange(layouts, FlashBufferStored.class);
  }

  private void addAccess(RecordLayouts layouts, Class<? extends Event> type) {
    int code = layouts.code(type);
    if (code >= 0) {
      byCode[code] = new Fields(layouts.offset(type, "offset"), layouts.offset(type, "width"), -1);
    }
  }

  private void addRange(RecordLayouts layouts, Class<? extends Event> type) {
    int code = layouts.code(type);
    if (code >= 0) {
      int size = layouts.offset(type, "size", "bytes");
      byCode[code] = new Fields(layouts.offset(type, "offset"), -1, size);
    }
  }

  /** True if the record at a place is about bytes on one of these pages of a device. */
  boolean isOn(PageNamesFound names, int code, MemorySegment records, long at) {
    Fields fields = byCode[code];
    if (fields == null) {
      return false;
    }
    long bytes =
        fields.width() >= 0
            ? records.get(BlockHead.INT, at + fields.width())
            : records.get(BlockHead.LONG, at + fields.size());
    return names.touches(records.get(BlockHead.LONG, at + fields.offset()), bytes);
  }
}
