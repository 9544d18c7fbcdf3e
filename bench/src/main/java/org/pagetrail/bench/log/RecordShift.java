package org.pagetrail.bench.log;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.RecordComponent;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pagetrail.events.Event;
import org.pagetrail.events.SealedRecords;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.store.packed.BlockBuilder.Packed;
import org.pagetrail.store.packed.RecordLayouts;

/**
 * Moves the addresses of packed records, in place, so that a copy of a run is about other pages.
 */
public final class RecordShift {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int[] widths;
  private final Map<Integer, List<Place>> byCode = new HashMap<>();

  /** What is counted up. */
  private enum Unit {
    GUEST_BYTES,
    GUEST_PAGES,
    HOST_BYTES,
    FRAMES,
    SLOTS
  }

  /** Where a value is. */
  private record Place(Unit unit, int offset, int bit) {}

  /**
   * How far things are moved.
   *
   * @param guestPages pages of the guest
   * @param hostPages pages of the monitor
   * @param frames page frames of the host
   * @param slots numbers of memslots
   */
  public record Distance(long guestPages, long hostPages, long frames, int slots) {}

  /** For records of these layouts. */
  public RecordShift(RecordLayouts layouts) {
    widths = layouts.widths();
    for (Class<? extends Event> type : SealedRecords.of(Event.class)) {
      int code = layouts.code(type);
      if (code >= 0) {
        byCode.put(code, places(layouts, type));
      }
    }
  }

  private static List<Place> places(RecordLayouts layouts, Class<? extends Event> type) {
    List<Place> places = new ArrayList<>();
    for (RecordComponent part : type.getRecordComponents()) {
      String name = part.getName();
      Class<?> kind = part.getType();
      int bit = layouts.presenceBit(type, name);
      if (kind == Gpa.class) {
        places.add(new Place(Unit.GUEST_BYTES, layouts.offset(type, name, "value"), bit));
      } else if (kind == Gfn.class) {
        places.add(new Place(Unit.GUEST_PAGES, layouts.offset(type, name, "value"), bit));
      } else if (kind == Hva.class) {
        places.add(new Place(Unit.HOST_BYTES, layouts.offset(type, name, "value"), bit));
      } else if (kind == Pfn.class) {
        places.add(new Place(Unit.FRAMES, layouts.offset(type, name, "value"), bit));
      } else if (kind == GpaRange.class) {
        int start = layouts.offset(type, name, "start", "value");
        places.add(new Place(Unit.GUEST_BYTES, start, bit));
      } else if (kind == HvaRange.class) {
        int start = layouts.offset(type, name, "start", "value");
        places.add(new Place(Unit.HOST_BYTES, start, bit));
      } else if (kind == SlotId.class) {
        places.add(new Place(Unit.SLOTS, layouts.offset(type, name, "id"), bit));
      }
    }
    return places;
  }

  /**
   * A copy of a block with other addresses.
   *
   * @param firstSeq its first position
   */
  public Packed copy(Packed block, long firstSeq, Distance by) {
    byte[] records = block.records().clone();
    move(MemorySegment.ofArray(records), by);
    return new Packed(
        firstSeq,
        block.count(),
        records,
        block.cold(),
        block.coldBytes(),
        block.minTime(),
        block.maxTime());
  }

  private void move(MemorySegment records, Distance by) {
    long at = 0;
    while (at < records.byteSize()) {
      int code = records.get(ValueLayout.JAVA_BYTE, at) & 0xff;
      for (Place place : byCode.getOrDefault(code, List.of())) {
        if (place.bit() < 0 || isThere(records, at, place.bit())) {
          move(records, at + place.offset(), place.unit(), by);
        }
      }
      at += widths[code];
    }
  }

  private static boolean isThere(MemorySegment records, long at, int bit) {
    return (records.get(ValueLayout.JAVA_BYTE, at + 1 + bit / 8) >> bit % 8 & 1) != 0;
  }

  private static void move(MemorySegment records, long at, Unit unit, Distance by) {
    switch (unit) {
      case GUEST_BYTES -> add(records, at, by.guestPages() << PageSize.BASE_SHIFT);
      case GUEST_PAGES -> add(records, at, by.guestPages());
      case HOST_BYTES -> add(records, at, by.hostPages() << PageSize.BASE_SHIFT);
      case FRAMES -> add(records, at, by.frames());
      case SLOTS -> records.set(INT, at, records.get(INT, at) + by.slots());
    }
  }

  private static void add(MemorySegment records, long at, long distance) {
    records.set(LONG, at, records.get(LONG, at) + distance);
  }
}
