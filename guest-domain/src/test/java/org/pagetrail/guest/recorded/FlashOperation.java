package org.pagetrail.guest.recorded;

/**
 * An access that a flash device served.
 *
 * @param flash 0 or 1
 * @param offset within the device
 */
public record FlashOperation(int flash, boolean isWrite, long offset, int width, long value) {
  @Override
  public String toString() {
    return "flash"
        + flash
        + (isWrite ? " W 0x" : " R 0x")
        + Long.toHexString(offset)
        + " 0x"
        + Long.toHexString(value);
  }
}
