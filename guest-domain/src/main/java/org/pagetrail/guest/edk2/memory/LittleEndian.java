package org.pagetrail.guest.edk2.memory;

/** Numbers in bytes, lowest byte first. */
public final class LittleEndian {
  private LittleEndian() {}

  /** The number in {@code width} bytes at {@code offset}, unsigned; width 1 to 8. */
  public static long get(byte[] bytes, int offset, int width) {
    long number = 0;
    for (int i = width - 1; i >= 0; i--) {
      number = (number << 8) | Byte.toUnsignedLong(bytes[offset + i]);
    }
    return number;
  }

  /** Puts the low {@code width} bytes of a number at {@code offset}. */
  public static void put(byte[] bytes, int offset, int width, long number) {
    for (int i = 0; i < width; i++) {
      bytes[offset + i] = (byte) (number >>> (8 * i));
    }
  }

  /** The low {@code width} bytes of a number. */
  public static byte[] bytes(long number, int width) {
    byte[] bytes = new byte[width];
    put(bytes, 0, width, number);
    return bytes;
  }
}
