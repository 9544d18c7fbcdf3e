package org.pagetrail.store.fold;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;

/**
 * The memslots as the accepted requests left them. QEMU's record of a request is taken only as long
 * as KVM's was never seen.
 */
final class SlotTable {
  private final NavigableMap<SlotId, Slot> byId;
  private final NavigableMap<Long, Slot> byFrame;
  private boolean saidByKvm;

  private long knownFrom;
  private long knownTo;
  private @Nullable Slot known;
  private @Nullable Slot lastSet;

  SlotTable() {
    this(new TreeMap<>(), new TreeMap<>(), false);
  }

  private SlotTable(
      NavigableMap<SlotId, Slot> byId, NavigableMap<Long, Slot> byFrame, boolean saidByKvm) {
    this.byId = byId;
    this.byFrame = byFrame;
    this.saidByKvm = saidByKvm;
  }

  SlotTable fork() {
    return new SlotTable(new TreeMap<>(byId), new TreeMap<>(byFrame), saidByKvm);
  }

  /** All slots, ascending by address space and id. */
  List<Slot> all() {
    return List.copyOf(byId.values());
  }

  /** The slots that are found by a guest frame, ascending by their first. */
  List<Slot> found() {
    return List.copyOf(byFrame.values());
  }

  boolean saidByKvm() {
    return saidByKvm;
  }

  /** Takes slots over; those of {@code found} are found by a guest frame. */
  void restore(List<Slot> all, List<Slot> found, boolean kvm) {
    byId.clear();
    byFrame.clear();
    all.forEach(slot -> byId.put(slot.id(), slot));
    found.forEach(slot -> byFrame.put(slot.firstFrame(), slot));
    saidByKvm = kvm;
    forgetKnown();
  }

  /** The slot of the main address space that holds a guest frame. */
  @Nullable Slot atFrame(long gfn) {
    if (gfn < knownFrom || gfn >= knownTo) {
      find(gfn);
    }
    return known;
  }

  private void find(long gfn) {
    Map.Entry<Long, Slot> floor = byFrame.floorEntry(gfn);
    Long next = byFrame.higherKey(gfn);
    long to = next == null ? RunTable.PAGES : next;
    if (floor == null) {
      know(0, to, null);
    } else if (gfn < floor.getValue().endFrame()) {
      know(floor.getKey(), Math.min(to, floor.getValue().endFrame()), floor.getValue());
    } else {
      know(floor.getValue().endFrame(), to, null);
    }
  }

  private void know(long from, long to, @Nullable Slot slot) {
    knownFrom = from;
    knownTo = to;
    known = slot;
  }

  private void forgetKnown() {
    know(0, 0, null);
  }

  /** KVM speaks: from now on QEMU's word does not count. */
  void heardKvm() {
    saidByKvm = true;
  }

  /**
   * Takes an accepted request.
   *
   * @param size 0 to delete
   * @return the slot that it took away or moved, null if there is none
   */
  @Nullable Slot set(SlotId id, SlotFlags flags, Gpa gpa, ByteSize size, Hva hva, long seq) {
    Slot before = byId.get(id);
    if (size.isZero()) {
      return forget(before);
    }
    if (!fits(gpa.value(), hva.value(), size.bytes())) {
      return null;
    }
    GpaRange guest = new GpaRange(gpa, size);
    if (before != null && before.guest().equals(guest) && before.hva().equals(hva)) {
      long flagsSeq = before.flags().equals(flags) ? before.flagsSeq() : seq;
      remember(new Slot(id, flags, guest, hva, before.setSeq(), flagsSeq));
      return null;
    }
    forget(before);
    remember(new Slot(id, flags, guest, hva, seq, seq));
    return before;
  }

  /** KVM refuses parts of pages and ranges that wrap. */
  private static boolean fits(long gpa, long hva, long bytes) {
    return ((gpa | hva | bytes) & (PageSize.BASE_BYTES - 1)) == 0
        && Long.compareUnsigned(gpa + bytes - 1, gpa) >= 0
        && Long.compareUnsigned(hva + bytes - 1, hva) >= 0;
  }

  /** The slot that was set last, null before the first. */
  @Nullable Slot lastSet() {
    return lastSet;
  }

  private void remember(Slot slot) {
    forgetKnown();
    lastSet = slot;
    byId.put(slot.id(), slot);
    if (slot.id().addressSpace() == 0) {
      byFrame.put(slot.firstFrame(), slot);
    }
  }

  private @Nullable Slot forget(@Nullable Slot slot) {
    if (slot != null) {
      forgetKnown();
      byId.remove(slot.id());
      if (slot.id().addressSpace() == 0) {
        byFrame.remove(slot.firstFrame(), slot);
      }
    }
    return slot;
  }
}
