package org.pagetrail.traceimport.tracedat;

import org.pagetrail.traceimport.eventformat.EventFormat;
import org.pagetrail.traceimport.eventformat.Field;

/**
 * Where a page of the ring buffer has its parts, as {@code events/header_page} of tracefs says.
 *
 * @param commitOffset where the count of bytes in use is
 * @param commitBytes how wide it is, which is how wide the kernel's {@code long} is
 * @param dataOffset where the events begin
 */
record PageHeader(int commitOffset, int commitBytes, int dataOffset) {
  /** The smallest page that has room for an event. */
  static final int BYTES_MIN = 64;

  /** What 64-bit kernels have. */
  static final PageHeader USUAL = new PageHeader(Long.BYTES, Long.BYTES, 2 * Long.BYTES);

  static PageHeader parse(String text) throws Damaged {
    EventFormat format = EventFormat.parse("name: header_page\nID: 0\n" + text);
    Field commit = format == null ? null : format.fields().get("commit");
    Field data = format == null ? null : format.fields().get("data");
    if (commit == null
        || data == null
        || (commit.size() != Integer.BYTES && commit.size() != Long.BYTES)
        || commit.offset() > BYTES_MIN - Long.BYTES
        || data.offset() > BYTES_MIN - Long.BYTES) {
      throw new Damaged("description of a page");
    }
    return new PageHeader(commit.offset(), commit.size(), data.offset());
  }
}
