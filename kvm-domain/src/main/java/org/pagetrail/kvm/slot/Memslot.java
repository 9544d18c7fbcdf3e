package org.pagetrail.kvm.slot;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;

/** A memslot. */
public record Memslot(SlotId id, SlotFlags flags, Gpa gpa, ByteSize size, Hva hva) {

  /** The guest-physical range. */
  public GpaRange range() {
    return new GpaRange(gpa, size);
  }

  /** The host-virtual range. */
  public HvaRange hvaRange() {
    return new HvaRange(hva, size);
  }

  /** The host address behind a guest address of the slot. */
  public Hva hvaOf(Gpa address) {
    return hva.plus(address.value() - gpa.value());
  }

  /** The guest addresses that the slot gives to a host range; null if none. */
  public @Nullable GpaRange gpaOf(HvaRange host) {
    long from = Math.max(host.start().value(), hva.value());
    long to = Math.min(host.start().value() + host.size().bytes(), hva.value() + size.bytes());
    return from >= to ? null : new GpaRange(gpa.plus(from - hva.value()), new ByteSize(to - from));
  }

  /**
   * True if the block of {@code sizeBytes}, a power of two, around an address can be mapped by one
   * entry: host and guest addresses agree modulo the size, and the block lies inside the slot.
   */
  public boolean allowsBlock(Gpa address, long sizeBytes) {
    long block = hvaOf(address).value() & -sizeBytes;
    return isCongruent(sizeBytes)
        && block >= hva.value()
        && block + sizeBytes <= hva.value() + size.bytes();
  }

  /** True if host and guest addresses agree modulo {@code sizeBytes}, a power of two. */
  public boolean isCongruent(long sizeBytes) {
    return ((hva.value() ^ gpa.value()) & (sizeBytes - 1)) == 0;
  }

  /** True if {@code gfn} is one of the slot's frames. */
  public boolean contains(Gfn gfn) {
    return range().contains(gfn.gpa());
  }
}
