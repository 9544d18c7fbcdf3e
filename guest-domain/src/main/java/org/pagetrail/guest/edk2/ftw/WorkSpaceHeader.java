package org.pagetrail.guest.edk2.ftw;

import java.util.Arrays;
import org.pagetrail.guest.edk2.memory.ByteImage;
import org.pagetrail.guest.edk2.memory.LittleEndian;

/**
 * The header at the begin of the working block: a signature, a checksum, a byte of state and the
 * size of what follows.
 */
final class WorkSpaceHeader {
  static final int BYTES = 32;

  /** Where the state byte is. */
  static final int STATE_OFFSET = 20;

  /** A state byte in which no bit says anything. */
  static final int NO_STATE = 0xff;

  /** Bit of the state byte, stored inverted: the block is valid. */
  static final int VALID = 0x01;

  /** Bit of the state byte, stored inverted: the block is being replaced. */
  static final int INVALID = 0x02;

  private static final int CHECKSUM_OFFSET = 16;
  private static final int SIZE_OFFSET = 24;
  private static final int CHECKSUM_POLYNOMIAL = 0xedb88320;

  /** gEdkiiWorkingBlockSignatureGuid. */
  private static final int[] SIGNATURE = {
    0x2b, 0x29, 0x58, 0x9e, 0x68, 0x7c, 0x7d, 0x49, 0xa0, 0xce, 0x65, 0x00, 0xfd, 0x9f, 0x1b, 0x95
  };

  private WorkSpaceHeader() {}

  /** The header of a working block of {@code blockBytes} in a state. */
  static byte[] bytes(int blockBytes, int state) {
    byte[] header = new byte[BYTES];
    Arrays.fill(header, (byte) 0xff);
    for (int i = 0; i < SIGNATURE.length; i++) {
      header[i] = (byte) SIGNATURE[i];
    }
    LittleEndian.put(header, SIZE_OFFSET, 8, blockBytes - (long) BYTES);
    LittleEndian.put(header, CHECKSUM_OFFSET, 4, checksum(header));
    header[STATE_OFFSET] = (byte) state;
    return header;
  }

  /** True if the block begins with a header that says that it is valid. */
  static boolean isValid(ByteImage block) {
    return Arrays.equals(block.slice(0, BYTES), bytes(block.size(), withBit(NO_STATE, VALID)));
  }

  /** A state byte with one more bit set, that is, cleared in flash. */
  static int withBit(int state, int bit) {
    return state & ~bit;
  }

  /** CRC-32 over the header with erased checksum and state. */
  private static long checksum(byte[] header) {
    int crc = 0xffffffff;
    for (byte b : header) {
      crc ^= Byte.toUnsignedInt(b);
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ CHECKSUM_POLYNOMIAL;
      }
    }
    return Integer.toUnsignedLong(~crc);
  }
}
