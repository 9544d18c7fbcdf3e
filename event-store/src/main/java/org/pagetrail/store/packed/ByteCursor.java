package org.pagetrail.store.packed;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Reads numbers of varying width, one after the other, and never past the end. */
public final class ByteCursor {
  private final MemorySegment bytes;
  private long at;

  /** Starts at an offset. */
  public ByteCursor(MemorySegment bytes, long at) {
    this.bytes = bytes;
    this.at = at;
  }

  /** Where the next byte is. */
  public long position() {
    return at;
  }

  /** An unsigned number. */
  public long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = next();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new DamagedBlock("a number has more than 64 bits");
  }

  /** A signed number. */
  public long signed() {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  /** A count of things that take at least a byte each, so never more than there are bytes. */
  public int count() {
    long count = varint();
    if (count < 0 || count > bytes.byteSize() - at) {
      throw new DamagedBlock("a count is " + count + " where " + (bytes.byteSize() - at) + " fit");
    }
    return (int) count;
  }

  /** The next bytes. */
  public byte[] bytes(int count) {
    if (count > bytes.byteSize() - at) {
      throw new DamagedBlock("it ends too early");
    }
    byte[] out = bytes.asSlice(at, count).toArray(ValueLayout.JAVA_BYTE);
    at += count;
    return out;
  }

  /** A string with its length before it. */
  public String text() {
    return Utf8.decode(bytes(count()));
  }

  /** One byte. */
  public byte next() {
    if (at >= bytes.byteSize()) {
      throw new DamagedBlock("it ends too early");
    }
    return bytes.get(ValueLayout.JAVA_BYTE, at++);
  }
}
