package org.pagetrail.store.fold;

import org.pagetrail.store.packed.DamagedBlock;

/** The tables of a state. */
public enum FoldedTable {
  /** Guest frames. */
  STAGE_2(1, 3),
  /** Host pages. */
  HOST(2, 3),
  /** The kinds of host frames. */
  KINDS(3, 1);

  private final int code;
  private final int words;

  FoldedTable(int code, int words) {
    this.code = code;
    this.words = words;
  }

  /** The number of the table in a file. */
  public int code() {
    return code;
  }

  /** How many words a value has. */
  int words() {
    return words;
  }

  /**
   * The table of a number.
   *
   * @throws DamagedBlock if there is none
   */
  static FoldedTable of(int code) {
    for (FoldedTable table : values()) {
      if (table.code == code) {
        return table;
      }
    }
    throw new DamagedBlock("there is no table " + code);
  }

  RunTable in(FoldedState state) {
    return switch (this) {
      case STAGE_2 -> state.stage2;
      case HOST -> state.host;
      case KINDS -> state.kinds;
    };
  }

  Marks in(Changes changes) {
    return switch (this) {
      case STAGE_2 -> changes.stage2();
      case HOST -> changes.host();
      case KINDS -> changes.kinds();
    };
  }

  /** True if the pages of a run belong together, as those of a block do. */
  boolean isWhole(long word) {
    return this == STAGE_2 && Stage2Word.isBlock(word);
  }

  /** What a run of the table reads {@code pages} further on, of its first word. */
  long further(long word, long pages) {
    return switch (this) {
      case STAGE_2 -> Stage2Word.further(word, pages);
      case HOST -> HostWord.further(word, pages);
      case KINDS -> word;
    };
  }
}
