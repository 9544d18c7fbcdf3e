package org.pagetrail.guest.edk2.variable;

import java.util.Arrays;
import org.pagetrail.guest.edk2.flash.Device;
import org.pagetrail.guest.edk2.memory.LittleEndian;

/**
 * The firmware volume that holds the variable store in its first block, the fault-tolerant-write
 * working block in the second and the spare block in the third.
 *
 * @param device the flash, used from its base on
 * @param format how variables are stored
 */
public record Volume(Device device, StoreFormat format) {
  static final int HEADER_BYTES = 0x48;
  static final int STORE_HEADER_BYTES = 0x1c;

  /** Where the first variable begins. */
  static final int FIRST_VARIABLE = HEADER_BYTES + STORE_HEADER_BYTES;

  static final int FILE_SYSTEM_OFFSET = 0x10;
  static final int LENGTH_OFFSET = 0x20;
  static final int SIGNATURE_OFFSET = 0x28;
  static final int REVISION_OFFSET = 0x37;
  static final int STORE_SIZE_OFFSET = 0x58;

  static final int REVISION = 2;

  /** {@code _FVH}. */
  static final long SIGNATURE = 0x4856465f;

  /** gEfiSystemNvDataFvGuid. */
  static final Guid FILE_SYSTEM = new Guid("fff12b8d-7696-4c8b-a985-2747075b4f50");

  private static final int ATTRIBUTES_OFFSET = 0x2c;
  private static final int HEADER_LENGTH_OFFSET = 0x30;
  private static final int CHECKSUM_OFFSET = 0x32;
  private static final int BLOCK_MAP_OFFSET = 0x38;
  private static final int STORE_STATE_OFFSET = 0x5c;

  /** Readable, writable, memory mapped, erases to ones, which only an erase can set. */
  private static final int ATTRIBUTES = 0xe36;

  /** Formatted and healthy. */
  private static final int STORE_STATE = 0xfe5a;

  /** Size of the volume, all three blocks. */
  int bytes() {
    return device.region().usedBytes();
  }

  /** Size of the variable store without the volume's header. */
  int storeBytes() {
    return device.region().blockBytes() - HEADER_BYTES;
  }

  /** Both headers of an empty store. */
  byte[] headers() {
    byte[] headers = new byte[FIRST_VARIABLE];
    System.arraycopy(FILE_SYSTEM.bytes(), 0, headers, FILE_SYSTEM_OFFSET, Guid.BYTES);
    LittleEndian.put(headers, LENGTH_OFFSET, 8, bytes());
    LittleEndian.put(headers, SIGNATURE_OFFSET, 4, SIGNATURE);
    LittleEndian.put(headers, ATTRIBUTES_OFFSET, 4, ATTRIBUTES);
    LittleEndian.put(headers, HEADER_LENGTH_OFFSET, 2, HEADER_BYTES);
    headers[REVISION_OFFSET] = REVISION;
    LittleEndian.put(headers, BLOCK_MAP_OFFSET, 4, device.region().blocks());
    LittleEndian.put(headers, BLOCK_MAP_OFFSET + 4, 4, device.region().blockBytes());
    LittleEndian.put(headers, CHECKSUM_OFFSET, 2, -sum(Arrays.copyOf(headers, HEADER_BYTES)));
    System.arraycopy(format.signature().bytes(), 0, headers, HEADER_BYTES, Guid.BYTES);
    LittleEndian.put(headers, STORE_SIZE_OFFSET, 4, storeBytes());
    LittleEndian.put(headers, STORE_STATE_OFFSET, 2, STORE_STATE);
    return headers;
  }

  /** The sum of 16-bit words, which is 0 over a whole header. */
  private static long sum(byte[] header) {
    long sum = 0;
    for (int i = 0; i < header.length; i += 2) {
      sum += LittleEndian.get(header, i, 2);
    }
    return sum;
  }
}
