package org.pagetrail.qemu.slot;

import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.SlotFlags;

/**
 * A memslot as QEMU's table holds it, or a request to set it.
 *
 * @param index its number within the address space
 * @param size 0 in a request to delete
 */
public record Slot(int index, SlotFlags flags, Gpa gpa, ByteSize size, Hva hva) {

  /** The gpa after the last byte; wraps to 0 at the end of the space. */
  long end() {
    return gpa.value() + size.bytes();
  }

  Slot withFlags(SlotFlags other) {
    return new Slot(index, other, gpa, size, hva);
  }

  Slot deleted(SlotFlags sent) {
    return new Slot(index, sent, gpa, ByteSize.ZERO, hva);
  }
}
