package org.pagetrail.kvm.slot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.SlotId;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/** The memslots at one moment with their dirty logs: an immutable value. */
public final class Memslots {
  /** No slot. */
  public static final Memslots NONE = new Memslots(TreePMap.empty(), TreePMap.empty());

  private final TreePMap<SlotId, Memslot> slots;
  private final TreePMap<SlotId, TreePSet<Gfn>> dirty;

  private Memslots(TreePMap<SlotId, Memslot> slots, TreePMap<SlotId, TreePSet<Gfn>> dirty) {
    this.slots = slots;
    this.dirty = dirty;
  }

  /** All slots, by id. */
  public Collection<Memslot> all() {
    return slots.values();
  }

  /** The slot of this id, or null. */
  public @Nullable Memslot get(SlotId id) {
    return slots.get(id);
  }

  /** The slot of address space 0 that holds an address, or null. */
  public @Nullable Memslot at(Gpa gpa) {
    for (Memslot slot : slots.values()) {
      if (slot.id().addressSpace() == 0 && slot.range().contains(gpa)) {
        return slot;
      }
    }
    return null;
  }

  /** Another slot of the same address space whose range overlaps, or null. */
  public @Nullable Memslot overlapping(SlotId id, GpaRange range) {
    for (Memslot slot : slots.values()) {
      boolean sameSpace = slot.id().addressSpace() == id.addressSpace();
      if (sameSpace && !slot.id().equals(id) && slot.range().overlaps(range)) {
        return slot;
      }
    }
    return null;
  }

  /** The guest ranges behind a host range, slot by slot. */
  public List<GpaRange> behind(HvaRange range) {
    List<GpaRange> found = new ArrayList<>();
    for (Memslot slot : slots.values()) {
      GpaRange part = slot.gpaOf(range);
      if (part != null) {
        found.add(part);
      }
    }
    return found;
  }

  /** The dirty frames of a logged slot, ascending. */
  public Collection<Gfn> dirty(SlotId id) {
    return dirty.getOrDefault(id, TreePSet.empty());
  }

  /** The slots after a request. */
  public Memslots evolve(MemslotSet event) {
    if (event.ret() != 0) {
      return this;
    }
    SlotId id = event.slot();
    if (event.size().isZero()) {
      return new Memslots(slots.minus(id), dirty.minus(id));
    }
    Memslot slot = new Memslot(id, event.flags(), event.gpa(), event.size(), event.hva());
    return new Memslots(slots.plus(id, slot), slot.flags().logsDirty() ? dirty : dirty.minus(id));
  }

  /** The slots after a page of a logged slot was written. */
  public Memslots dirtied(Gfn gfn) {
    Memslot slot = at(gfn.gpa());
    if (slot == null || !slot.flags().logsDirty()) {
      return this;
    }
    TreePSet<Gfn> old = dirty.getOrDefault(slot.id(), TreePSet.empty());
    return new Memslots(slots, dirty.plus(slot.id(), old.plus(gfn)));
  }

  /** The slots after a dirty log was read and cleared. */
  public Memslots cleared(SlotId id) {
    return new Memslots(slots, dirty.minus(id));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Memslots that && slots.equals(that.slots) && dirty.equals(that.dirty);
  }

  @Override
  public int hashCode() {
    return Objects.hash(slots, dirty);
  }

  @Override
  public String toString() {
    return slots.values().toString();
  }
}
