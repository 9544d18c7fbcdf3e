package org.pagetrail.qemu.region;

import java.util.Locale;

/**
 * A signed 128-bit number of bytes. Rendering needs it: an alias can move a base below 0, and the
 * end of the 64-bit space is 2<sup>64</sup>.
 *
 * @param high the upper 64 bits, signed
 * @param low the lower 64 bits, unsigned
 */
public record Wide(long high, long low) implements Comparable<Wide> {
  /** 0. */
  public static final Wide ZERO = new Wide(0, 0);

  /** 2<sup>64</sup>: the end of the address space. */
  public static final Wide SPACE_END = new Wide(1, 0);

  /** The unsigned value of {@code bits}. */
  public static Wide ofUnsigned(long bits) {
    return new Wide(0, bits);
  }

  /** A region's size as QEMU's callers write it: all ones stand for 2<sup>64</sup>. */
  public static Wide ofRegionSize(long bits) {
    return bits == -1 ? SPACE_END : ofUnsigned(bits);
  }

  /** The sum, which no tree of 64-bit offsets can bring near 2<sup>127</sup>. */
  public Wide plus(Wide other) {
    long sum = low + other.low;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    return new Wide(high + other.high + carry, sum);
  }

  /** The difference. */
  public Wide minus(Wide other) {
    long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
    return new Wide(high - other.high - borrow, low - other.low);
  }

  /** The smaller of two. */
  public static Wide min(Wide a, Wide b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  /** The larger of two. */
  public static Wide max(Wide a, Wide b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /** True below 0. */
  public boolean isNegative() {
    return high < 0;
  }

  @Override
  public int compareTo(Wide other) {
    int byHigh = Long.compare(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    if (high == 0) {
      return "0x" + Long.toHexString(low);
    }
    return String.format(Locale.ROOT, "0x%x%016x", high, low);
  }
}
