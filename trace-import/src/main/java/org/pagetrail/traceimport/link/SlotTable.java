package org.pagetrail.traceimport.link;

import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.SlotChange;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.traceimport.capture.KernelCall.SetMemslot;

/** The memslots as they are where the trail has come to. */
final class SlotTable {

  /**
   * A memslot.
   *
   * @param seq the position of the event that set it
   */
  record Slot(GpaRange range, Hva hva, SlotFlags flags, long seq) {

    /** Where a guest address of the slot lies in the monitor. */
    Hva hvaOf(Gpa gpa) {
      return hva.plus(gpa.value() - range.start().value());
    }

    /** The host addresses of the slot. */
    HvaRange host() {
      return new HvaRange(hva, range.size());
    }
  }

  private final SortedMap<SlotId, Slot> slots = new TreeMap<>();

  /** The slots of the first address space, where no two overlap. */
  private final NavigableMap<Gpa, Slot> byStart = new TreeMap<>();

  private final Set<SlotId> deleted = new HashSet<>();

  /** The slot of that name, or null. */
  @Nullable Slot get(SlotId id) {
    return slots.get(id);
  }

  /** The slot that holds the address, or null. */
  @Nullable Slot at(Gpa gpa) {
    Map.Entry<Gpa, Slot> below = byStart.floorEntry(gpa);
    return below != null && below.getValue().range().contains(gpa) ? below.getValue() : null;
  }

  /** The position of the event that set the slot of the address. */
  long seqAt(Gpa gpa) {
    Slot slot = at(gpa);
    return slot == null ? Causes.NONE : slot.seq();
  }

  /** True if host addresses of the range back guest addresses of the other. */
  boolean backs(HvaRange host, GpaRange guest) {
    for (Slot slot : slots.values()) {
      if (slot.host().overlaps(host) && slot.range().overlaps(guest)) {
        long hostFirst = Math.max(0, host.start().value() - slot.hva().value());
        long hostEnd = host.start().value() + host.size().bytes() - slot.hva().value();
        long guestFirst = Math.max(0, guest.start().value() - slot.range().start().value());
        long guestEnd = guest.start().value() + guest.size().bytes() - slot.range().start().value();
        if (hostFirst < guestEnd && guestFirst < hostEnd) {
          return true;
        }
      }
    }
    return false;
  }

  /** A request and its result as an event, before the table takes it over. */
  MemslotSet event(SetMemslot set, int ret) {
    return new MemslotSet(
        set.slot(), change(set, ret), set.flags(), set.gpa(), set.size(), set.hva(), ret);
  }

  /** What a request turns out to be, told from the slots that the trace has shown so far. */
  private SlotChange change(SetMemslot set, int ret) {
    if (ret < 0) {
      return SlotChange.REFUSED;
    }
    if (set.size().isZero()) {
      return SlotChange.DELETE;
    }
    Slot old = slots.get(set.slot());
    if (old == null) {
      return deleted.contains(set.slot()) ? SlotChange.CREATE : SlotChange.UNSTATED;
    }
    if (!old.range().start().equals(set.gpa())) {
      return SlotChange.MOVE;
    }
    return old.flags().equals(set.flags()) ? SlotChange.NONE : SlotChange.FLAGS_ONLY;
  }

  /** Takes a request over that was not refused. */
  void set(SetMemslot set, long seq) {
    Slot old = slots.remove(set.slot());
    if (old != null) {
      byStart.remove(old.range().start(), old);
    }
    if (set.size().isZero()) {
      deleted.add(set.slot());
      return;
    }
    try {
      Slot slot = new Slot(new GpaRange(set.gpa(), set.size()), set.hva(), set.flags(), seq);
      slot.host();
      slots.put(set.slot(), slot);
      if (set.slot().addressSpace() == 0) {
        byStart.put(set.gpa(), slot);
      }
    } catch (ArithmeticException e) {
      // A range that wraps is in no kernel's table; the event itself stays in the trail.
    }
  }
}
