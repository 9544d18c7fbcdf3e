package org.pagetrail.store.fold;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.store.packed.DamagedBlock;
import org.pagetrail.store.packed.RecordLayouts;
import org.pagetrail.store.packed.Schema.FieldSchema;
import org.pagetrail.store.packed.Schema.TypeSchema;

/**
 * Where a component of an event lies in the packed records of a file, as its schema says.
 *
 * <p>What an event's own types would refuse, such as a frame number above 52 bits, is a {@link
 * DamagedBlock} here.
 */
final class Field {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int offset;
  private final int presenceByte;
  private final int presenceBit;
  private final boolean missing;
  private final byte[] codes;

  private Field(int offset, int bit, boolean missing, byte[] codes) {
    this.offset = offset;
    this.presenceByte = bit < 0 ? -1 : 1 + bit / Byte.SIZE;
    this.presenceBit = bit < 0 ? 0 : 1 << bit % Byte.SIZE;
    this.missing = missing;
    this.codes = codes;
  }

  /**
   * The component at a path. One that may be null and that the file's schema lacks is null
   * everywhere.
   */
  static Field of(RecordLayouts layouts, Class<? extends Event> type, String... path) {
    FieldSchema schema = schema(layouts, type, path[0]);
    if (schema == null) {
      return new Field(0, -1, true, new byte[0]);
    }
    return new Field(
        layouts.offset(type, path), layouts.presenceBit(type, path[0]), false, new byte[0]);
  }

  /** A component that is one of some constants, read as its position among them. */
  static Field ofConstant(
      RecordLayouts layouts,
      Class<? extends Event> type,
      String name,
      List<? extends Enum<?>> constants) {
    FieldSchema schema = schema(layouts, type, name);
    List<String> names =
        schema == null || schema.constants() == null ? List.of() : schema.constants();
    List<String> known = constants.stream().map(Enum::name).toList();
    byte[] codes = new byte[names.size()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) known.indexOf(names.get(i));
      if (codes[i] < 0) {
        throw new DamagedBlock(name + " has no constant " + names.get(i));
      }
    }
    return new Field(layouts.offset(type, name), -1, false, codes);
  }

  private static @Nullable FieldSchema schema(
      RecordLayouts layouts, Class<? extends Event> type, String name) {
    int code = layouts.code(type);
    for (TypeSchema known : layouts.schema().types()) {
      if (known.code() == code) {
        for (FieldSchema field : known.fields()) {
          if (field.name().equals(name)) {
            return field;
          }
        }
      }
    }
    return null;
  }

  boolean isThere(MemorySegment records, long at) {
    return !missing
        && (presenceByte < 0
            || (records.get(ValueLayout.JAVA_BYTE, at + presenceByte) & presenceBit) != 0);
  }

  long number(MemorySegment records, long at) {
    return records.get(LONG, at + offset);
  }

  int small(MemorySegment records, long at) {
    return records.get(INT, at + offset);
  }

  boolean truth(MemorySegment records, long at) {
    return records.get(ValueLayout.JAVA_BYTE, at + offset) != 0;
  }

  int constant(MemorySegment records, long at) {
    int position = records.get(ValueLayout.JAVA_BYTE, at + offset) & 0xff;
    if (position >= codes.length) {
      throw new DamagedBlock("constant " + position + " of " + codes.length);
    }
    return codes[position];
  }

  /** The number of a guest or host frame. */
  long frame(MemorySegment records, long at) {
    long frame = number(records, at);
    if (frame >>> (Long.SIZE - PageSize.BASE_SHIFT) != 0) {
      throw new DamagedBlock("frame 0x" + Long.toHexString(frame) + " is not below 2^52");
    }
    return frame;
  }

  /** The number of a frame that may be unknown, then -1. */
  long frameOrNone(MemorySegment records, long at) {
    return isThere(records, at) ? frame(records, at) : -1;
  }

  /** The number of the page that holds an address. */
  long page(MemorySegment records, long at) {
    return number(records, at) >>> PageSize.BASE_SHIFT;
  }

  /** A size in bytes. */
  long bytes(MemorySegment records, long at) {
    long bytes = number(records, at);
    if (bytes < 0) {
      throw new DamagedBlock("size 0x" + Long.toHexString(bytes) + " is above 2^63 - 1");
    }
    return bytes;
  }
}
