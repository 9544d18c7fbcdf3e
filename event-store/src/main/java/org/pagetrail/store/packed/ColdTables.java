package org.pagetrail.store.packed;

import java.lang.foreign.MemorySegment;

/** The strings and lists of a block that is read. */
final class ColdTables {
  /** Of records that have neither strings nor lists. */
  static final ColdTables NONE = new ColdTables(new String[0], MemorySegment.ofArray(new byte[0]));

  private final String[] strings;
  private final MemorySegment lists;

  private ColdTables(String[] strings, MemorySegment lists) {
    this.strings = strings;
    this.lists = lists;
  }

  static ColdTables read(ByteCursor cold) {
    String[] strings = new String[cold.count()];
    for (int i = 0; i < strings.length; i++) {
      strings[i] = cold.text();
    }
    return new ColdTables(strings, MemorySegment.ofArray(cold.bytes(cold.count())));
  }

  String text(long id) {
    if (id < 0 || id >= strings.length) {
      throw new DamagedBlock("string " + id + " of " + strings.length);
    }
    return strings[(int) id];
  }

  MemorySegment lists() {
    return lists;
  }
}
