package org.pagetrail.events.memory;

/**
 * The name of a memslot.
 *
 * @param addressSpace KVM's address space: 0, or 1 for x86 system management mode
 * @param id the number within the address space, 0 to 65535
 */
public record SlotId(int addressSpace, int id) implements Comparable<SlotId> {

  /** Rejects what the ioctl's 16 + 16 bits cannot hold. */
  public SlotId {
    if ((addressSpace | id) >>> 16 != 0) {
      throw new IllegalArgumentException("slot " + addressSpace + ":" + id + " exceeds 16 bits");
    }
  }

  /** Slot {@code id} of address space 0. */
  public static SlotId of(int id) {
    return new SlotId(0, id);
  }

  /** Takes the ioctl's slot argument apart: bits 31:16 address space, 15:0 id. */
  public static SlotId fromIoctl(int slot) {
    return new SlotId(slot >>> 16, slot & 0xffff);
  }

  @Override
  public int compareTo(SlotId other) {
    int bySpace = Integer.compare(addressSpace, other.addressSpace);
    return bySpace != 0 ? bySpace : Integer.compare(id, other.id);
  }

  @Override
  public String toString() {
    return addressSpace == 0 ? Integer.toString(id) : addressSpace + ":" + id;
  }
}
