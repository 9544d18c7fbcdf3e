package org.pagetrail.store.fold;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.store.packed.ByteCursor;
import org.pagetrail.store.packed.Bytes;
import org.pagetrail.store.packed.DamagedBlock;

/**
 * What a checkpoint holds besides the runs of its tables: the memslots, the latest lookups, and
 * which tables it has as a whole.
 *
 * @param full the tables of which every run is there, not only those that the segment changed
 */
public record CheckpointMeta(
    Set<FoldedTable> full,
    boolean saidByKvm,
    List<Slot> slots,
    List<Slot> slotsFound,
    List<Lookup> lookups) {
  /** The number of this form; one of another form is not used. */
  private static final int FORM = 1;

  /** A lookup of a guest frame. */
  record Lookup(long gfn, long seq) {}

  /** Copies the collections. */
  public CheckpointMeta {
    full = Set.copyOf(full);
    slots = List.copyOf(slots);
    slotsFound = List.copyOf(slotsFound);
    lookups = List.copyOf(lookups);
  }

  static CheckpointMeta of(FoldedState state, Set<FoldedTable> full) {
    List<Lookup> lookups = new ArrayList<>();
    RecentLookups recent = state.lookups;
    for (int back = recent.kept() - 1; back >= 0; back--) {
      if (state.lastSeq() - recent.seq(back) <= RecentLookups.WINDOW_EVENTS) {
        lookups.add(new Lookup(recent.frame(back), recent.seq(back)));
      }
    }
    SlotTable slots = state.slots;
    return new CheckpointMeta(full, slots.saidByKvm(), slots.all(), slots.found(), lookups);
  }

  /** True if nothing before this checkpoint is needed. */
  public boolean isFull(FoldedTable table) {
    return full.contains(table);
  }

  /** Puts slots and lookups into a state, which holds none yet. */
  void restore(FoldedState state) {
    state.slots.restore(slots, slotsFound, saidByKvm);
    lookups.forEach(lookup -> state.lookups.add(lookup.gfn(), lookup.seq()));
  }

  /** Puts them into a state that begins after {@code lastSeq}. */
  public void restore(FoldedState state, long lastSeq) {
    restore(state);
    state.lastSeq(lastSeq);
  }

  /** The bytes of a checkpoint's first block. */
  byte[] toBytes() {
    Bytes out = new Bytes();
    out.addVarint(FORM);
    addNames(Codes.PAGE_KINDS, out);
    addNames(Codes.MEMORY_TYPES, out);
    int bits = 0;
    for (FoldedTable table : full) {
      bits |= 1 << table.code();
    }
    out.addVarint(bits);
    out.addVarint(saidByKvm ? 1 : 0);
    out.addVarint(slots.size());
    for (Slot slot : slots) {
      out.addVarint(slotsFound.contains(slot) ? 1 : 0);
      out.addVarint(slot.id().addressSpace());
      out.addVarint(slot.id().id());
      out.addVarint(slot.flags().bits() & 0xffffffffL);
      out.addVarint(slot.guest().start().value());
      out.addVarint(slot.guest().size().bytes());
      out.addVarint(slot.hva().value());
      out.addVarint(slot.setSeq());
      out.addVarint(slot.flagsSeq());
    }
    out.addVarint(lookups.size());
    for (Lookup lookup : lookups) {
      out.addVarint(lookup.gfn());
      out.addVarint(lookup.seq());
    }
    return out.toArray();
  }

  private static void addNames(List<? extends Enum<?>> constants, Bytes out) {
    out.addVarint(constants.size());
    for (Enum<?> constant : constants) {
      byte[] name = constant.name().getBytes(StandardCharsets.US_ASCII);
      out.addVarint(name.length);
      out.add(name);
    }
  }

  /**
   * Reads the first block of a checkpoint.
   *
   * @throws DamagedBlock if it is none of this form, or its words stand for other constants
   */
  public static CheckpointMeta read(MemorySegment bytes) {
    ByteCursor from = new ByteCursor(bytes, 0);
    if (from.varint() != FORM) {
      throw new DamagedBlock("the checkpoint has another form");
    }
    expectNames(Codes.PAGE_KINDS, from);
    expectNames(Codes.MEMORY_TYPES, from);
    long bits = from.varint();
    Set<FoldedTable> full = EnumSet.noneOf(FoldedTable.class);
    for (FoldedTable table : FoldedTable.values()) {
      if ((bits >> table.code() & 1) != 0) {
        full.add(table);
      }
    }
    boolean saidByKvm = from.varint() != 0;
    List<Slot> slots = new ArrayList<>();
    List<Slot> found = new ArrayList<>();
    for (int left = from.count(); left > 0; left--) {
      boolean isFound = from.varint() != 0;
      Slot slot = slot(from);
      slots.add(slot);
      if (isFound) {
        found.add(slot);
      }
    }
    List<Lookup> lookups = new ArrayList<>();
    for (int left = from.count(); left > 0; left--) {
      long gfn = from.varint();
      lookups.add(new Lookup(gfn, from.varint()));
    }
    return new CheckpointMeta(full, saidByKvm, slots, found, lookups);
  }

  private static void expectNames(List<? extends Enum<?>> constants, ByteCursor from) {
    List<String> names = new ArrayList<>();
    for (int left = from.count(); left > 0; left--) {
      names.add(from.text());
    }
    if (!names.equals(constants.stream().map(Enum::name).toList())) {
      throw new DamagedBlock("the checkpoint knows other constants");
    }
  }

  private static Slot slot(ByteCursor from) {
    try {
      SlotId id = new SlotId((int) from.varint(), (int) from.varint());
      SlotFlags flags = new SlotFlags((int) from.varint());
      GpaRange guest = new GpaRange(new Gpa(from.varint()), new ByteSize(from.varint()));
      return new Slot(id, flags, guest, new Hva(from.varint()), from.varint(), from.varint());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new DamagedBlock(String.valueOf(e.getMessage()));
    }
  }
}
