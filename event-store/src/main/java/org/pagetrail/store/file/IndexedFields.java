package org.pagetrail.store.file;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.SealedRecords;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.Tag;
import org.pagetrail.store.packed.DamagedBlock;
import org.pagetrail.store.packed.RecordLayouts;
import org.pagetrail.store.packed.Schema;

/** Which bytes of the packed records are frames, pages, slots and ranges. */
final class IndexedFields {
  private static final int PAGE_SHIFT = Long.numberOfTrailingZeros(PageSize.BASE_BYTES);

  /**
   * A value at a place.
   *
   * @param bit which bit of the byte after the code says that it is there, -1 if it always is
   * @param shift how far an address is shifted to a page number
   */
  private record Value(KeyKind kind, int offset, int bit, int shift) {}

  /**
   * Pages from a first one on.
   *
   * @param bit which bit of the byte after the code says that it is there, -1 if it always is
   * @param address where the address is from which the size counts, -1 if from the start of a page
   * @param size where the size in bytes is
   */
  private record Range(KeyKind kind, int start, int bit, int shift, int address, int size) {
    private long pages(MemorySegment records, long at) {
      long bytes = records.get(BlockHead.LONG, at + size);
      long from = address < 0 ? 0 : records.get(BlockHead.LONG, at + address);
      long before = from & (PageSize.BASE_BYTES - 1);
      return bytes <= 0 ? 0 : ((before + bytes - 1) >>> PAGE_SHIFT) + 1;
    }
  }

  /** Those of one type, in arrays, because they are walked for each record. */
  private static final class Fields {
    private final Value[] values;
    private final Range[] ranges;

    Fields(List<Value> values, List<Range> ranges) {
      this.values = values.toArray(Value[]::new);
      this.ranges = ranges.toArray(Range[]::new);
    }
  }

  private final @Nullable Fields[] byCode = new @Nullable Fields[256];
  private final RecordLayouts layouts;

  /** The fields of the types that a file has. */
  IndexedFields(RecordLayouts layouts) {
    this.layouts = layouts;
    for (Class<? extends Event> type : SealedRecords.of(Event.class)) {
      int code = layouts.code(type);
      if (code >= 0) {
        byCode[code] = fields(layouts, type);
      }
    }
  }

  private static Fields fields(RecordLayouts layouts, Class<? extends Event> type) {
    List<Value> values = new ArrayList<>();
    List<Range> ranges = new ArrayList<>();
    int size = -1;
    int hostRange = -1;
    int hostRangeSize = -1;
    List<RecordComponent> parts =
        Arrays.stream(type.getRecordComponents())
            .filter(part -> layouts.has(type, part.getName()))
            .toList();
    for (RecordComponent part : parts) {
      if (part.getType() == HvaRange.class) {
        hostRange = layouts.offset(type, part.getName(), "start", "value");
        hostRangeSize = layouts.offset(type, part.getName(), "size", "bytes");
      }
      if (part.getType() == ByteSize.class && part.getName().equals("size")) {
        size = layouts.offset(type, part.getName(), "bytes");
      }
    }
    for (RecordComponent part : parts) {
      String name = part.getName();
      int bit = layouts.presenceBit(type, name);
      Class<?> kind = part.getType();
      if (kind == Gpa.class || kind == Hva.class) {
        KeyKind key = kind == Gpa.class ? KeyKind.GFN : KeyKind.HVA;
        int offset = layouts.offset(type, name, "value");
        values.add(new Value(key, offset, bit, PAGE_SHIFT));
        if (size >= 0 && bit < 0) {
          ranges.add(new Range(key, offset, -1, PAGE_SHIFT, offset, size));
        }
      } else if (kind == Gfn.class || kind == Pfn.class) {
        KeyKind key = kind == Gfn.class ? KeyKind.GFN : KeyKind.PFN;
        int offset = layouts.offset(type, name, "value");
        values.add(new Value(key, offset, bit, 0));
        if (size >= 0 && bit < 0) {
          ranges.add(new Range(key, offset, -1, 0, -1, size));
        }
        if (hostRange >= 0) {
          ranges.add(new Range(key, offset, bit, 0, hostRange, hostRangeSize));
        }
      } else if (kind == SlotId.class) {
        values.add(new Value(KeyKind.SLOT, layouts.offset(type, name), bit, 0));
      } else if ((kind == GpaRange.class || kind == HvaRange.class) && bit < 0) {
        KeyKind key = kind == GpaRange.class ? KeyKind.GFN : KeyKind.HVA;
        int start = layouts.offset(type, name, "start", "value");
        int bytes = layouts.offset(type, name, "size", "bytes");
        ranges.add(new Range(key, start, -1, PAGE_SHIFT, start, bytes));
      }
    }
    return new Fields(values, ranges);
  }

  /**
   * Notes the records of a block.
   *
   * @param ordinal the first, counted from the first of its segment
   * @param entries the entries of the block, by their position in it
   * @throws DamagedBlock if the records end within a record
   */
  void index(MemorySegment records, int ordinal, IntFunction<LogEntry> entries, IndexBuilder into) {
    long at = 0;
    for (int inBlock = 0; at < records.byteSize(); inBlock++) {
      int code = records.get(ValueLayout.JAVA_BYTE, at) & 0xff;
      int width = layouts.width(code);
      if (width == 0 || at + width > records.byteSize()) {
        throw new DamagedBlock("no record begins at byte " + at + " of its records");
      }
      if (code == Schema.FOREIGN) {
        for (Tag tag : entries.apply(inBlock).tags()) {
          into.add(KeyKind.ofTag(tag), ordinal + inBlock);
        }
      } else {
        index(records, at, ordinal + inBlock, into);
      }
      at += width;
    }
  }

  /** Notes the record that begins at {@code at}. */
  private void index(MemorySegment records, long at, int ordinal, IndexBuilder into) {
    Fields fields = byCode[records.get(ValueLayout.JAVA_BYTE, at) & 0xff];
    if (fields == null) {
      return;
    }
    for (Value value : fields.values) {
      if (value.bit() < 0 || isPresent(records, at, value.bit())) {
        into.add(key(value, records, at), ordinal);
      }
    }
    for (Range range : fields.ranges) {
      if (range.bit() >= 0 && !isPresent(records, at, range.bit())) {
        continue;
      }
      long first = records.get(BlockHead.LONG, at + range.start()) >>> range.shift();
      long pages = range.pages(records, at);
      if (pages == 1) {
        into.add(range.kind().key(first), ordinal);
      } else if (pages > 1) {
        into.addRange(range.kind(), first, first + pages - 1, ordinal);
      }
    }
  }

  private static boolean isPresent(MemorySegment records, long at, int bit) {
    return ((records.get(ValueLayout.JAVA_BYTE, at + 1 + bit / 8) >> (bit % 8)) & 1) != 0;
  }

  private static long key(Value value, MemorySegment records, long at) {
    long place = at + value.offset();
    if (value.kind() == KeyKind.SLOT) {
      long space = Integer.toUnsignedLong(records.get(BlockHead.INT, place));
      long id = Integer.toUnsignedLong(records.get(BlockHead.INT, place + Integer.BYTES));
      return KeyKind.SLOT.key((space << 32) | id);
    }
    return value.kind().key(records.get(BlockHead.LONG, place) >>> value.shift());
  }
}
