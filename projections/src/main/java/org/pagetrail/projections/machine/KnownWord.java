package org.pagetrail.projections.machine;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.Writer;

/**
 * A word of a page whose value is known.
 *
 * @param offset bytes from the start of the page
 * @param width bytes, 1 to 8
 * @param value the low {@code width} bytes count
 * @param writer who wrote it; null if it was only seen
 */
public record KnownWord(int offset, int width, long value, @Nullable Writer writer, Origin origin) {

  /** The byte after the word. */
  int end() {
    return offset + width;
  }

  /** The bytes from {@code from} to {@code to} of this little-endian word. */
  KnownWord cut(int from, int to) {
    long shifted = value >>> ((from - offset) * 8);
    return new KnownWord(from, to - from, masked(shifted, to - from), writer, origin);
  }

  static long masked(long value, int width) {
    return width >= Long.BYTES ? value : value & ((1L << (width * 8)) - 1);
  }
}
