package org.pagetrail.store.packed;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing run of bytes, little-endian. */
public final class Bytes {
  static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** The most bytes that a number takes in groups of seven bits. */
  private static final int VARINT_MAX = 10;

  private byte[] data = new byte[1 << 12];
  private int size;

  /** How many bytes there are. */
  public int size() {
    return size;
  }

  /** Forgets what is there. */
  public void clear() {
    size = 0;
  }

  /** Appends {@code count} zero bytes and returns where they begin. */
  public int reserve(int count) {
    int at = size;
    int end = Math.addExact(size, count);
    if (end > data.length) {
      grow(end);
    }
    Arrays.fill(data, at, end, (byte) 0);
    size = end;
    return at;
  }

  private void grow(int needed) {
    long room = Math.max(needed, 2L * data.length);
    data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 8L, room));
  }

  /** Sets a byte that is there. */
  public void setByte(int at, int value) {
    data[at] = (byte) value;
  }

  /** Sets four bytes that are there. */
  public void setInt(int at, int value) {
    INTS.set(data, at, value);
  }

  /** Sets eight bytes that are there. */
  public void setLong(int at, long value) {
    LONGS.set(data, at, value);
  }

  /** Appends the lowest eight bits of a number. */
  void addByte(int value) {
    int at = reserve(1);
    data[at] = (byte) value;
  }

  /** Appends an unsigned number in groups of seven bits, the lowest first. */
  public void addVarint(long value) {
    if (data.length - size < VARINT_MAX) {
      grow(Math.addExact(size, VARINT_MAX));
    }
    long rest = value;
    int at = size;
    while ((rest & ~0x7fL) != 0) {
      data[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    data[at++] = (byte) rest;
    size = at;
  }

  /** Appends a number that is near zero on either side. */
  public void addSigned(long value) {
    addVarint(value << 1 ^ value >> 63);
  }

  /** Appends bytes. */
  public void add(byte[] bytes) {
    int at = reserve(bytes.length);
    System.arraycopy(bytes, 0, data, at, bytes.length);
  }

  /** Appends what another holds. */
  public void add(Bytes other) {
    int at = reserve(other.size);
    System.arraycopy(other.data, 0, data, at, other.size);
  }

  /** A copy. */
  public byte[] toArray() {
    return Arrays.copyOf(data, size);
  }

  /** A view, valid until the next append. */
  public MemorySegment segment() {
    return MemorySegment.ofArray(data).asSlice(0, size);
  }
}
