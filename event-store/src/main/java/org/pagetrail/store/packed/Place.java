package org.pagetrail.store.packed;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** How one value lies at a fixed offset of a packed record. */
sealed interface Place {
  /** How many bytes it takes there. */
  int width();

  /** Puts a value that is not null. */
  void write(Object value, Bytes to, int at, Tables tables);

  /** Takes it out again. */
  Object read(MemorySegment from, long at, ColdTables tables);

  /** 64 bits. */
  record LongPlace() implements Place {
    @Override
    public int width() {
      return Long.BYTES;
    }

    @Override
    public void write(Object value, Bytes to, int at, Tables tables) {
      to.setLong(at, (Long) value);
    }

    @Override
    public Object read(MemorySegment from, long at, ColdTables tables) {
      return from.get(Bytes.LONG, at);
    }
  }

  /** 32 bits. */
  record IntPlace() implements Place {
    @Override
    public int width() {
      return Integer.BYTES;
    }

    @Override
    public void write(Object value, Bytes to, int at, Tables tables) {
      to.setInt(at, (Integer) value);
    }

    @Override
    public Object read(MemorySegment from, long at, ColdTables tables) {
      return from.get(Bytes.INT, at);
    }
  }

  /** True or false. */
  record TruthPlace() implements Place {
    @Override
    public int width() {
      return 1;
    }

    @Override
    public void write(Object value, Bytes to, int at, Tables tables) {
      to.setByte(at, (Boolean) value ? 1 : 0);
    }

    @Override
    public Object read(MemorySegment from, long at, ColdTables tables) {
      return from.get(ValueLayout.JAVA_BYTE, at) != 0;
    }
  }

  /**
   * One of a few names.
   *
   * @param constants by their position in the schema
   */
  record ConstantPlace(List<Enum<?>> constants) implements Place {
    @Override
    public int width() {
      return 1;
    }

    @Override
    public void write(Object value, Bytes to, int at, Tables tables) {
      int position = constants.indexOf(value);
      if (position < 0) {
        throw new Unpackable("there is no " + value + " among " + constants);
      }
      to.setByte(at, position);
    }

    @Override
    public Object read(MemorySegment from, long at, ColdTables tables) {
      int position = Byte.toUnsignedInt(from.get(ValueLayout.JAVA_BYTE, at));
      if (position >= constants.size()) {
        throw new DamagedBlock("constant " + position + " of " + constants.size());
      }
      return constants.get(position);
    }
  }

  /** A string of the block's table. */
  record TextPlace() implements Place {
    @Override
    public int width() {
      return Integer.BYTES;
    }

    @Override
    public void write(Object value, Bytes to, int at, Tables tables) {
      to.setInt(at, tables.id((String) value));
    }

    @Override
    public Object read(MemorySegment from, long at, ColdTables tables) {
      return tables.text(from.get(Bytes.INT, at));
    }
  }

  /** Elements of one width, elsewhere in the block. */
  record ListPlace(Place element) implements Place {
    @Override
    public int width() {
      return Integer.BYTES;
    }

    @Override
    public void write(Object value, Bytes to, int at, Tables tables) {
      List<?> elements = (List<?>) value;
      Bytes lists = tables.lists();
      int count = lists.reserve(Integer.BYTES + elements.size() * element.width());
      lists.setInt(count, elements.size());
      int next = count + Integer.BYTES;
      for (Object part : elements) {
        element.write(part, lists, next, tables);
        next += element.width();
      }
      to.setInt(at, count);
    }

    @Override
    public Object read(MemorySegment from, long at, ColdTables tables) {
      MemorySegment lists = tables.lists();
      long begin = from.get(Bytes.INT, at);
      if (begin < 0 || begin > lists.byteSize() - Integer.BYTES) {
        throw new DamagedBlock("a list begins outside of the block");
      }
      int count = lists.get(Bytes.INT, begin);
      long room = lists.byteSize() - begin - Integer.BYTES;
      if (count < 0 || (long) count * Math.max(1, element.width()) > room) {
        throw new DamagedBlock("a list of " + count + " elements does not fit");
      }
      List<Object> elements = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        long place = begin + Integer.BYTES + (long) i * element.width();
        elements.add(element.read(lists, place, tables));
      }
      return elements;
    }
  }

  /** A record in place. */
  record RecordPlace(RecordLayout layout) implements Place {
    @Override
    public int width() {
      return layout.width();
    }

    @Override
    public void write(Object value, Bytes to, int at, Tables tables) {
      layout.write((Record) value, to, at, tables);
    }

    @Override
    public Object read(MemorySegment from, long at, ColdTables tables) {
      return layout.read(from, at, tables);
    }
  }
}
