package org.pagetrail.traceimport.eventformat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of one event. What a format says beyond the event's end reads as zero or as nothing.
 *
 * @param bytes holds the event, in the byte order of the recording machine
 * @param start where it begins
 * @param length how long it is
 */
public record EventData(ByteBuffer bytes, int start, int length) {

  /** A number of 1, 2, 4 or 8 bytes; 0 for any other width. */
  public long number(int offset, int size, boolean signed) {
    if (offset < 0 || offset > length - size) {
      return 0;
    }
    int at = start + offset;
    return switch (size) {
      case Byte.BYTES -> signed ? bytes.get(at) : bytes.get(at) & 0xffL;
      case Short.BYTES -> signed ? bytes.getShort(at) : bytes.getShort(at) & 0xffffL;
      case Integer.BYTES -> signed ? bytes.getInt(at) : bytes.getInt(at) & 0xffffffffL;
      case Long.BYTES -> bytes.getLong(at);
      default -> 0;
    };
  }

  /** The number that a field holds; of a dynamic array the place, as C sees it. */
  public long number(Field field) {
    return number(field.offset(), field.size(), field.signed());
  }

  /** Where the value of a field begins. */
  public int offset(Field field) {
    int place = (int) number(field.offset(), Integer.BYTES, false);
    return switch (field.kind()) {
      case NUMBER, TEXT -> field.offset();
      case DYNAMIC -> place & 0xffff;
      case DYNAMIC_RELATIVE -> field.offset() + field.size() + (place & 0xffff);
    };
  }

  /** How many bytes the value of a field has. */
  public int size(Field field) {
    return switch (field.kind()) {
      case NUMBER, TEXT -> field.size() == 0 ? Math.max(0, length - field.offset()) : field.size();
      case DYNAMIC, DYNAMIC_RELATIVE ->
          (int) (number(field.offset(), Integer.BYTES, false) >>> Short.SIZE);
    };
  }

  /** The text of a field, up to its first NUL. */
  public String text(Field field) {
    int from = offset(field);
    int end = Math.min(length, from + size(field));
    int to = from;
    while (to < end && bytes.get(start + to) != 0) {
      to++;
    }
    byte[] text = new byte[Math.max(0, to - from)];
    for (int i = 0; i < text.length; i++) {
      text[i] = bytes.get(start + from + i);
    }
    return new String(text, StandardCharsets.UTF_8);
  }
}
