package org.pagetrail.qemu.flash;

/** The Common Flash Interface table of one chip of the bank. */
final class CfiTable {
  /** Indices from here on read as 0. */
  static final int LENGTH = 0x52;

  private CfiTable() {}

  /** The byte at {@code index}, 0 to 255. */
  static int at(long index, FlashGeometry geometry, ChipSharing chips) {
    if (index < 0 || index >= LENGTH) {
      return 0;
    }
    long blocks = chips.blocksPerChip(geometry);
    long blockBytes = chips.blockBytesPerChip(geometry);
    long all =
        switch ((int) index) {
          case 0x10 -> 'Q';
          case 0x11 -> 'R';
          case 0x12 -> 'Y';
          // Intel command set, its extended table at 0x31
          case 0x13 -> 0x01;
          case 0x15 -> 0x31;
          // supply voltage from 4.5 to 5.5 V
          case 0x1b -> 0x45;
          case 0x1c -> 0x55;
          // typical and longest times, log2
          case 0x1f, 0x20 -> 0x07;
          case 0x21 -> 0x0a;
          case 0x23, 0x24, 0x25 -> 0x04;
          case 0x27 -> sizeShift(blocks * blockBytes);
          // 8 and 16 bit interface
          case 0x28 -> 0x02;
          case 0x2a -> ChipSharing.windowShift(geometry);
          // one region of equal blocks
          case 0x2c -> 0x01;
          case 0x2d -> blocks - 1;
          case 0x2e -> (blocks - 1) >> 8;
          case 0x2f -> blockBytes >> 8;
          case 0x30 -> blockBytes >> 16;
          case 0x31 -> 'P';
          case 0x32 -> 'R';
          case 0x33 -> 'I';
          case 0x34 -> '1';
          case 0x35 -> '0';
          // one protection field
          case 0x3f -> 0x01;
          default -> 0;
        };
    return (int) all & 0xff;
  }

  /** log2 of the size, by its lowest set bit among 32. */
  private static long sizeShift(long bytes) {
    return Integer.numberOfTrailingZeros((int) bytes);
  }
}
