package org.pagetrail.store.packed;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.pagetrail.events.Event;
import org.pagetrail.store.LogEntry;

/** A block that is read: its records in place, its entries on demand. */
public final class Block {
  private final RecordLayouts layouts;
  private final long firstSeq;
  private final int count;
  private final MemorySegment records;
  private final MemorySegment cold;
  private final int coldBytes;

  /** More than deflate ever makes of a byte. */
  private static final int INFLATION_MAX = 1100;

  /**
   * A block over bytes whose checksums are right.
   *
   * @param coldBytes the size of {@code cold} when inflated
   * @throws DamagedBlock if the sizes cannot be true
   */
  public Block(
      RecordLayouts layouts,
      long firstSeq,
      int count,
      MemorySegment records,
      MemorySegment cold,
      int coldBytes) {
    this.layouts = layouts;
    this.firstSeq = firstSeq;
    this.count = count;
    this.records = records;
    this.cold = cold;
    this.coldBytes = coldBytes;
    if (count < 0
        || count > records.byteSize()
        || coldBytes < 0
        || coldBytes > (cold.byteSize() + 1) * INFLATION_MAX) {
      throw new DamagedBlock("its sizes cannot be true");
    }
  }

  /** The position of the first entry. */
  public long firstSeq() {
    return firstSeq;
  }

  /** How many entries there are. */
  public int count() {
    return count;
  }

  /** The records, one after the other, without gaps. */
  public MemorySegment records() {
    return records;
  }

  /**
   * All entries.
   *
   * @throws DamagedBlock if the bytes are not those of entries
   * @throws UnknownRecord if this release has no event for one of them
   */
  public List<LogEntry> entries() {
    ByteCursor from = new ByteCursor(inflated(), 0);
    ColdTables tables = ColdTables.read(from);
    Envelopes envelopes = new Envelopes();
    List<LogEntry> entries = new ArrayList<>(count);
    long at = 0;
    for (int i = 0; i < count; i++) {
      int code = codeAt(at);
      long seq = firstSeq + i;
      if (code == Schema.FOREIGN) {
        long begin = Integer.toUnsignedLong(records.get(Bytes.INT, at + 1));
        entries.add(Messages.read(seq, new ByteCursor(tables.lists(), begin)));
      } else {
        Event event = (Event) layouts.layout(code).read(records, at + 1, tables);
        entries.add(new LogEntry.Recorded(envelopes.read(seq, event, from, tables)));
      }
      at += layouts.width(code);
    }
    if (at != records.byteSize()) {
      throw new DamagedBlock("its records end early");
    }
    return entries;
  }

  private int codeAt(long at) {
    int code = at < records.byteSize() ? records.get(ValueLayout.JAVA_BYTE, at) & 0xff : -1;
    if (code < 0 || layouts.width(code) == 0 || at + layouts.width(code) > records.byteSize()) {
      throw new DamagedBlock("no record begins at byte " + at + " of its records");
    }
    return code;
  }

  private MemorySegment inflated() {
    if (coldBytes == cold.byteSize()) {
      return cold;
    }
    byte[] out = new byte[coldBytes];
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(cold.toArray(ValueLayout.JAVA_BYTE));
      int done = 0;
      while (done < out.length && !inflater.needsInput() && !inflater.finished()) {
        done += inflater.inflate(out, done, out.length - done);
      }
      if (done != out.length) {
        throw new DamagedBlock("its strings and envelopes end early");
      }
      return MemorySegment.ofArray(out);
    } catch (DataFormatException e) {
      throw new DamagedBlock("its strings and envelopes cannot be inflated");
    }
  }
}
