package org.pagetrail.projections.machine;

import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.projections.ranges.PageSpan;

/**
 * A memslot as it stands.
 *
 * @param guest the guest physical range, not empty
 * @param hva the host address of the first byte
 * @param set the request that put it where it is
 * @param flagsSet the request that gave it its flags, the same unless they were changed later
 */
public record Memslot(
    SlotId id, SlotFlags flags, GpaRange guest, Hva hva, Origin set, Origin flagsSet) {

  /** True if a guest write must exit. */
  public boolean isReadOnly() {
    return flags.isReadOnly();
  }

  /** The guest frames. */
  public PageSpan frames() {
    return PageSpan.of(guest);
  }

  /** The host addresses behind the slot. */
  public HvaRange host() {
    return new HvaRange(hva, guest.size());
  }

  /** The host address behind {@code gpa}, which lies in the slot. */
  public Hva hvaOf(Gpa gpa) {
    return hva.plus(gpa.value() - guest.start().value());
  }

  /** The host pages behind guest frames of the slot. */
  public PageSpan pagesBehind(PageSpan guestFrames) {
    long offset = PageSpan.of(host()).first() - frames().first();
    return new PageSpan(guestFrames.first() + offset, guestFrames.pages());
  }

  /** The guest frames whose host pages lie in {@code pages} of the host's address space. */
  public PageSpan framesBehind(PageSpan pages) {
    PageSpan shared = PageSpan.of(host()).intersect(pages);
    long offset = frames().first() - PageSpan.of(host()).first();
    return shared.isEmpty() ? shared : new PageSpan(shared.first() + offset, shared.pages());
  }
}
