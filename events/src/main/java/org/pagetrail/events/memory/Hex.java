package org.pagetrail.events.memory;

/** Unsigned 64-bit numbers in the hexadecimal notation of kernel logs. */
public final class Hex {
  private Hex() {}

  /** {@code 0x} and lower-case digits without padding. */
  public static String of(long value) {
    return "0x" + Long.toHexString(value);
  }

  /**
   * Reads hexadecimal digits with or without {@code 0x}.
   *
   * @throws NumberFormatException if the text is no unsigned 64-bit number
   */
  public static long parse(String text) {
    boolean prefixed = text.startsWith("0x") || text.startsWith("0X");
    return Long.parseUnsignedLong(text, prefixed ? 2 : 0, text.length(), 16);
  }

  /** {@code address + bytes}, where a negative count goes down. */
  static long plus(long address, long bytes) {
    long sum = address + bytes;
    boolean overflow =
        bytes >= 0
            ? Long.compareUnsigned(sum, address) < 0
            : Long.compareUnsigned(sum, address) >= 0;
    if (overflow) {
      throw new AddressOverflow(of(address) + " plus " + bytes + " bytes leaves the 64-bit space");
    }
    return sum;
  }
}
