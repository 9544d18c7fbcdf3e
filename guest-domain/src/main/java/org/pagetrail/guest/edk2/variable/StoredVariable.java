package org.pagetrail.guest.edk2.variable;

import java.util.Optional;
import org.pagetrail.guest.edk2.memory.ByteImage;
import org.pagetrail.guest.edk2.memory.LittleEndian;

/**
 * A variable in the store.
 *
 * @param offset of its header
 * @param state the header's state byte; bits are cleared as its life goes on
 */
record StoredVariable(
    int offset, int state, int attributes, ByteImage vendor, ByteImage name, ByteImage data) {

  static final int STATE_OFFSET = 2;
  static final int STATE_NEW = 0xff;
  static final int STATE_HEADER_VALID = 0x7f;
  static final int STATE_ADDED = 0x3f;
  static final int STATE_IN_DELETION = 0xfe;
  static final int STATE_DELETED = 0xfd;

  private static final int START = 0x55aa;
  private static final int ATTRIBUTES_OFFSET = 4;
  private static final int ALIGNMENT = 4;

  /** The header of a variable that is not yet there. */
  static byte[] header(
      StoreFormat format, int attributes, byte[] vendor, int nameBytes, int dataBytes) {
    byte[] header = new byte[format.headerBytes()];
    LittleEndian.put(header, 0, 2, START);
    header[STATE_OFFSET] = (byte) STATE_NEW;
    LittleEndian.put(header, ATTRIBUTES_OFFSET, 4, attributes);
    LittleEndian.put(header, format.sizesOffset(), 4, nameBytes);
    LittleEndian.put(header, format.sizesOffset() + 4, 4, dataBytes);
    System.arraycopy(vendor, 0, header, format.sizesOffset() + 8, Guid.BYTES);
    return header;
  }

  /** A name as it is stored, two bytes a letter and a zero. */
  static byte[] nameBytes(String name) {
    byte[] bytes = new byte[2 * name.length() + 2];
    for (int i = 0; i < name.length(); i++) {
      LittleEndian.put(bytes, 2 * i, 2, name.charAt(i));
    }
    return bytes;
  }

  /** Where the next header may begin. */
  static int aligned(int offset) {
    return (offset + ALIGNMENT - 1) & -ALIGNMENT;
  }

  /** The variable whose header is at an offset; empty where the store has no more. */
  static Optional<StoredVariable> at(ByteImage store, StoreFormat format, int offset) {
    if (offset + format.headerBytes() > store.size()) {
      return Optional.empty();
    }
    byte[] header = store.slice(offset, format.headerBytes());
    long nameBytes = LittleEndian.get(header, format.sizesOffset(), 4);
    long dataBytes = LittleEndian.get(header, format.sizesOffset() + 4, 4);
    int body = offset + format.headerBytes();
    if (LittleEndian.get(header, 0, 2) != START || nameBytes + dataBytes > store.size() - body) {
      return Optional.empty();
    }
    return Optional.of(
        new StoredVariable(
            offset,
            Byte.toUnsignedInt(header[STATE_OFFSET]),
            (int) LittleEndian.get(header, ATTRIBUTES_OFFSET, 4),
            store.part(body - Guid.BYTES, Guid.BYTES),
            store.part(body, (int) nameBytes),
            store.part(body + (int) nameBytes, (int) dataBytes)));
  }

  boolean isCalled(byte[] otherName, byte[] otherVendor) {
    return name.equals(ByteImage.of(otherName)) && vendor.equals(ByteImage.of(otherVendor));
  }

  /** True for a value that counts. */
  boolean isLive() {
    return state == STATE_ADDED || state == (STATE_ADDED & STATE_IN_DELETION);
  }

  int end(StoreFormat format) {
    return aligned(offset + format.headerBytes() + name.size() + data.size());
  }
}
