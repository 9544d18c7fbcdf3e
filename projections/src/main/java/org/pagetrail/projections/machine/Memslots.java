package org.pagetrail.projections.machine;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.SlotChange;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;

/**
 * The memslots as the accepted requests left them; a refused request changes nothing.
 *
 * <p>KVM's own record of a request counts. QEMU's record of the same request is taken only as long
 * as KVM's was never seen, because a trace of QEMU alone has nothing else.
 */
public final class Memslots {
  /** x86 system management mode has slots of its own, which stage 2 events do not name. */
  private static final int MAIN_ADDRESS_SPACE = 0;

  private final NavigableMap<SlotId, Memslot> byId;
  private final NavigableMap<Long, Memslot> byFrame;
  private final SlotsByHost byHost;
  private boolean saidByKvm;

  Memslots() {
    this(new TreeMap<>(), new TreeMap<>(), new SlotsByHost(), false);
  }

  private Memslots(
      NavigableMap<SlotId, Memslot> byId,
      NavigableMap<Long, Memslot> byFrame,
      SlotsByHost byHost,
      boolean saidByKvm) {
    this.byId = byId;
    this.byFrame = byFrame;
    this.byHost = byHost;
    this.saidByKvm = saidByKvm;
  }

  static Memslots of(MachineBesidesPages rest) {
    Memslots slots = new Memslots();
    slots.saidByKvm = rest.saidByKvm();
    Set<SlotId> found = new HashSet<>(rest.slotsFound());
    for (Memslot slot : rest.slots()) {
      slots.byId.put(slot.id(), slot);
      if (slot.id().addressSpace() == MAIN_ADDRESS_SPACE) {
        slots.byHost.add(slot);
      }
      if (found.contains(slot.id())) {
        slots.byFrame.put(slot.frames().first(), slot);
      }
    }
    return slots;
  }

  Memslots fork() {
    return new Memslots(new TreeMap<>(byId), new TreeMap<>(byFrame), byHost.fork(), saidByKvm);
  }

  /** All slots, ascending by address space and id. */
  public Collection<Memslot> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  /** The slots that are found by their frames. */
  List<SlotId> found() {
    return byFrame.values().stream().map(Memslot::id).toList();
  }

  /** True once KVM's own record of a request was seen. */
  boolean isSaidByKvm() {
    return saidByKvm;
  }

  /** The slot of that id. */
  public @Nullable Memslot byId(SlotId id) {
    return byId.get(id);
  }

  /** The slot of the main address space that holds {@code gpa}. */
  public @Nullable Memslot at(Gpa gpa) {
    return atFrame(gpa.gfn().value());
  }

  /** The slot of the main address space that holds a guest frame. */
  public @Nullable Memslot atFrame(long gfn) {
    Map.Entry<Long, Memslot> floor = byFrame.floorEntry(gfn);
    return floor != null && floor.getValue().frames().contains(gfn) ? floor.getValue() : null;
  }

  /** The slots of the main address space that show host memory of a range, ascending by id. */
  public List<Memslot> showing(HvaRange range) {
    return byHost.overlapping(range);
  }

  /**
   * Takes KVM's word.
   *
   * @return the slot that this request took away or moved, whose guest range maps nothing any more;
   *     null if there is none
   */
  @Nullable Memslot apply(MemslotSet event, Origin origin) {
    saidByKvm = true;
    if (event.ret() != 0
        || event.change() == SlotChange.REFUSED
        || event.change() == SlotChange.NONE) {
      return null;
    }
    ByteSize size = event.change() == SlotChange.DELETE ? ByteSize.ZERO : event.size();
    return set(event.slot(), event.flags(), event.gpa(), size, event.hva(), origin);
  }

  /** Takes QEMU's word where KVM's is never heard; the same result as for KVM's. */
  @Nullable Memslot apply(MemslotRequested event, Origin origin) {
    if (saidByKvm || event.ret() != 0) {
      return null;
    }
    return set(event.slot(), event.flags(), event.gpa(), event.size(), event.hva(), origin);
  }

  private @Nullable Memslot set(
      SlotId id, SlotFlags flags, Gpa gpa, ByteSize size, Hva hva, Origin origin) {
    Memslot before = byId.get(id);
    if (size.isZero()) {
      return forget(before);
    }
    if (!fits(gpa, hva, size)) {
      return null;
    }
    GpaRange guest = new GpaRange(gpa, size);
    boolean stays = before != null && before.guest().equals(guest) && before.hva().equals(hva);
    if (stays && before != null) {
      Origin flagsSet = before.flags().equals(flags) ? before.flagsSet() : origin;
      remember(new Memslot(id, flags, guest, hva, before.set(), flagsSet));
      return null;
    }
    forget(before);
    remember(new Memslot(id, flags, guest, hva, origin, origin));
    return before;
  }

  /**
   * KVM refuses parts of pages and ranges that wrap; a trail that says otherwise is not followed.
   */
  private static boolean fits(Gpa gpa, Hva hva, ByteSize size) {
    long bits = gpa.value() | hva.value() | size.bytes();
    return (bits & (PageSize.BASE_BYTES - 1)) == 0
        && !wraps(gpa.value(), size)
        && !wraps(hva.value(), size);
  }

  private static boolean wraps(long start, ByteSize size) {
    return Long.compareUnsigned(start + size.bytes() - 1, start) < 0;
  }

  private void remember(Memslot slot) {
    Memslot before = byId.put(slot.id(), slot);
    if (slot.id().addressSpace() == MAIN_ADDRESS_SPACE) {
      if (before != null) {
        byHost.remove(before);
      }
      byHost.add(slot);
      byFrame.put(slot.frames().first(), slot);
    }
  }

  private @Nullable Memslot forget(@Nullable Memslot slot) {
    if (slot != null) {
      byId.remove(slot.id());
      if (slot.id().addressSpace() == MAIN_ADDRESS_SPACE) {
        byFrame.remove(slot.frames().first(), slot);
        byHost.remove(slot);
      }
    }
    return slot;
  }
}
