package org.pagetrail.qemu.flash;

import org.pagetrail.events.memory.ByteSize;

/**
 * How a bank of flash chips is built.
 *
 * @param size of the whole device
 * @param block what one erase command erases; a power of two
 * @param bankWidth bytes of the bank's data bus: 1, 2 or 4
 * @param deviceWidth bytes of one chip's, 0 if the board does not say
 * @param manufacturerId what ID mode answers at word 0
 * @param deviceId at word 1
 */
public record FlashGeometry(
    ByteSize size,
    ByteSize block,
    int bankWidth,
    int deviceWidth,
    int manufacturerId,
    int deviceId) {

  /** Chips side by side in the bank; 1 if the board does not say. */
  public int chips() {
    return deviceWidth == 0 ? 1 : bankWidth / deviceWidth;
  }

  /** Erase blocks of the bank. */
  public long blocks() {
    return size.bytes() / block.bytes();
  }

  /** True if the device has {@code width} bytes at {@code offset}. */
  public boolean contains(long offset, int width) {
    return offset >= 0 && width > 0 && offset <= size.bytes() - width;
  }

  /** log2 of the bank width: how far addresses are shifted to become table indices. */
  int bankShift() {
    return Integer.numberOfTrailingZeros(bankWidth);
  }

  /** Puts one chip's answer into the lane of every chip of the bank. */
  int replicated(int answer) {
    int all = answer;
    for (int lane = deviceWidth; deviceWidth > 0 && lane < bankWidth; lane += deviceWidth) {
      all |= (answer & mask(deviceWidth)) << (8 * lane);
    }
    return all;
  }

  static int mask(int bytes) {
    return bytes >= 4 ? -1 : (1 << (8 * bytes)) - 1;
  }
}
