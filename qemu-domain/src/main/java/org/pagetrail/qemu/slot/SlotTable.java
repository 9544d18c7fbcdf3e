package org.pagetrail.qemu.slot;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/** QEMU's memslots of one KVM address space. */
public final class SlotTable {
  /** No slot in use. */
  public static final SlotTable EMPTY = new SlotTable(TreePMap.empty());

  private final PMap<Integer, Slot> slots;

  private SlotTable(PMap<Integer, Slot> slots) {
    this.slots = slots;
  }

  /** The slots in use, ascending by index. */
  public Collection<Slot> slots() {
    return slots.values();
  }

  /** The slot of this index, null if it is not in use. */
  public @Nullable Slot find(int index) {
    return slots.get(index);
  }

  /** The lowest index not in use. */
  public int lowestFree() {
    int free = 0;
    for (int index : slots.keySet()) {
      if (index != free) {
        return free;
      }
      free++;
    }
    return free;
  }

  /** The table after a request that KVM granted. */
  public SlotTable after(Slot request) {
    return new SlotTable(
        request.size().isZero()
            ? slots.minus(request.index())
            : slots.plus(request.index(), request));
  }

  /** The slot of exactly this range. */
  public @Nullable Slot exact(Gpa gpa, ByteSize size) {
    for (Slot slot : slots.values()) {
      if (slot.gpa().equals(gpa) && slot.size().equals(size)) {
        return slot;
      }
    }
    return null;
  }

  /** Of the slots that share a byte with [gpa, gpa + size) the one that begins lowest. */
  @Nullable Slot firstOverlapping(Gpa gpa, ByteSize size) {
    Slot first = null;
    for (Slot slot : slots.values()) {
      boolean overlaps =
          Long.compareUnsigned(slot.gpa().value(), gpa.value() + size.bytes()) < 0
              && Long.compareUnsigned(gpa.value(), slot.end()) < 0;
      if (overlaps && (first == null || slot.gpa().compareTo(first.gpa()) < 0)) {
        first = slot;
      }
    }
    return first;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SlotTable table && slots.equals(table.slots);
  }

  @Override
  public int hashCode() {
    return slots.hashCode();
  }

  @Override
  public String toString() {
    return slots.values().toString();
  }
}
