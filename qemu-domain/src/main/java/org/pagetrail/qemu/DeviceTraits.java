package org.pagetrail.qemu;

/**
 * How a device takes accesses.
 *
 * @param widest bytes of the widest access it takes at once
 * @param bigEndian true if its registers are big-endian, so that a little-endian guest's value
 *     arrives with its bytes reversed
 */
record DeviceTraits(int widest, boolean bigEndian) {
  private static final DeviceTraits PLAIN = new DeviceTraits(4, false);
  private static final DeviceTraits FIRMWARE_CONFIGURATION = new DeviceTraits(8, true);

  /** The traits of the region called {@code name}. */
  static DeviceTraits of(String name) {
    return switch (name) {
      case "fwcfg.ctl", "fwcfg.data", "fwcfg.dma" -> FIRMWARE_CONFIGURATION;
      default -> PLAIN;
    };
  }

  /** How many of {@code width} bytes at {@code offset} it takes at once: aligned, a power of 2. */
  int takes(long offset, int width) {
    long aligned = offset == 0 ? widest : Math.min(widest, Long.lowestOneBit(offset));
    return Integer.highestOneBit((int) Math.min(aligned, width));
  }

  /** The guest's value as the device sees it, and the other way round. */
  long turned(long value, int width) {
    return bigEndian ? Long.reverseBytes(value) >>> (64 - 8 * width) : value;
  }
}
