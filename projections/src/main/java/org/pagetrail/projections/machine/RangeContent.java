package org.pagetrail.projections.machine;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.Writer;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.projections.ranges.RunValue;

/**
 * What was put into host memory as a whole: one byte value, or a file.
 *
 * @param whole the range that was written
 * @param fillByte the value of every byte, 0 to 255; -1 for a file's content
 * @param file the file, null for a fill
 * @param writer who wrote
 */
public record RangeContent(
    HvaRange whole, int fillByte, @Nullable String file, Writer writer, Origin origin)
    implements RunValue<RangeContent> {
  @Override
  public RangeContent from(long pages) {
    return this;
  }
}
