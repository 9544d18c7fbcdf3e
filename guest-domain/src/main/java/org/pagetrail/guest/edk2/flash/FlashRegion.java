package org.pagetrail.guest.edk2.flash;

import org.pagetrail.events.memory.Gpa;

/**
 * The flash that the driver drives. It consists of two 16-bit chips side by side, so that a command
 * is written twice into each 32-bit word.
 *
 * @param base where the device begins; commands that concern no block go here
 * @param blockBytes the erase unit
 * @param usedBytes how much from the base the firmware uses, whole blocks
 * @param blocks how many blocks the whole device has
 */
public record FlashRegion(Gpa base, int blockBytes, int usedBytes, int blocks) {
  /** Rejects areas that are not whole blocks of a power of two. */
  public FlashRegion {
    if (Integer.bitCount(blockBytes) != 1
        || blockBytes < 4096
        || usedBytes % blockBytes != 0
        || usedBytes / blockBytes > blocks) {
      throw new IllegalArgumentException(
          usedBytes + " bytes are not some of " + blocks + " blocks of " + blockBytes);
    }
  }

  /** The address of an offset. */
  public Gpa at(int offset) {
    return base.plus(offset);
  }

  /** The offset of the block that holds {@code offset}. */
  public int blockOf(int offset) {
    return offset & -blockBytes;
  }
}
