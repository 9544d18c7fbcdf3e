package org.pagetrail.store.fold;

import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;

/**
 * A memslot as it stands.
 *
 * @param guest the guest physical range, whole pages, not empty
 * @param hva the host address of the first byte
 * @param setSeq the request that put it where it is
 * @param flagsSeq the request that gave it its flags
 */
public record Slot(
    SlotId id, SlotFlags flags, GpaRange guest, Hva hva, long setSeq, long flagsSeq) {

  /** The first guest frame. */
  long firstFrame() {
    return guest.start().value() >>> PageSize.BASE_SHIFT;
  }

  /** How many pages it has. */
  long pages() {
    return guest.size().pages();
  }

  /** The guest frame after the last. */
  long endFrame() {
    return firstFrame() + pages();
  }

  /** How far the number of a host page is above that of its guest frame. */
  long offset() {
    return (hva.value() >>> PageSize.BASE_SHIFT) - firstFrame();
  }
}
