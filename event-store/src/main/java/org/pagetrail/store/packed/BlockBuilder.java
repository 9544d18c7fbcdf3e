package org.pagetrail.store.packed;

import java.util.Arrays;
import java.util.zip.Deflater;
import org.pagetrail.events.Event;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.store.LogEntry;

/** Packs entries until they are taken as one block. */
public final class BlockBuilder {
  private static final int DEFLATE_CHUNK = 1 << 14;

  private final RecordLayouts layouts;
  private final Bytes records = new Bytes();
  private final Bytes envelopes = new Bytes();
  private final Tables tables = new Tables();
  private final Envelopes packer = new Envelopes();
  private long firstSeq = -1;
  private int count;
  private long minTime = Long.MAX_VALUE;
  private long maxTime = Long.MIN_VALUE;

  /** Packs by these layouts. */
  public BlockBuilder(RecordLayouts layouts) {
    this.layouts = layouts;
  }

  /** How many entries wait. */
  public int count() {
    return count;
  }

  /** How many bytes their records and envelopes take so far, before compression. */
  public long bytes() {
    return (long) records.size() + envelopes.size() + tables.lists().size();
  }

  /**
   * Packs an entry.
   *
   * @throws Unpackable if the schema has no place for it; then the builder must be cleared
   */
  public void add(LogEntry entry) {
    if (count == 0) {
      firstSeq = entry.seq();
    }
    switch (entry) {
      case LogEntry.Recorded recorded -> add(recorded.entry());
      case LogEntry.Foreign foreign -> {
        int at = records.reserve(RecordLayouts.FOREIGN_BYTES);
        records.setByte(at, Schema.FOREIGN);
        records.setInt(at + 1, Messages.write(foreign, tables.lists()));
      }
    }
    count++;
  }

  private void add(TrailEntry entry) {
    Event event = entry.event();
    int code = layouts.code(event.getClass());
    if (code < 0) {
      throw new Unpackable("it knows no event " + event.type());
    }
    int at = records.reserve(layouts.width(code));
    records.setByte(at, code);
    layouts.layout(code).write((Record) event, records, at + 1, tables);
    packer.write(entry, envelopes, tables);
    Long time = entry.timeNanos();
    if (time != null) {
      minTime = Math.min(minTime, time);
      maxTime = Math.max(maxTime, time);
    }
  }

  /**
   * What one block holds.
   *
   * @param records the fixed records, one after the other
   * @param cold the strings, lists and envelopes, as they are stored
   * @param coldBytes how many bytes they are when inflated; as many as stored if they are not
   *     deflated
   * @param minTime the earliest time, {@code Long.MAX_VALUE} if no entry has one
   * @param maxTime the latest time, {@code Long.MIN_VALUE} if no entry has one
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes on their way to disk
  public record Packed(
      long firstSeq,
      int count,
      byte[] records,
      byte[] cold,
      int coldBytes,
      long minTime,
      long maxTime) {}

  /** Takes the entries out as a block and starts the next. */
  public Packed take() {
    Bytes cold = new Bytes();
    tables.writeTo(cold);
    cold.add(envelopes);
    byte[] plain = cold.toArray();
    byte[] deflated = deflate(plain);
    Packed block =
        new Packed(
            firstSeq,
            count,
            records.toArray(),
            deflated.length < plain.length ? deflated : plain,
            plain.length,
            minTime,
            maxTime);
    clear();
    return block;
  }

  /** Forgets the entries that wait. */
  public void clear() {
    records.clear();
    envelopes.clear();
    tables.clear();
    packer.reset();
    count = 0;
    firstSeq = -1;
    minTime = Long.MAX_VALUE;
    maxTime = Long.MIN_VALUE;
  }

  private static byte[] deflate(byte[] plain) {
    try (Deflater deflater = new Deflater(Deflater.BEST_SPEED)) {
      deflater.setInput(plain);
      deflater.finish();
      Bytes out = new Bytes();
      byte[] chunk = new byte[DEFLATE_CHUNK];
      while (!deflater.finished()) {
        int length = deflater.deflate(chunk);
        out.add(length == chunk.length ? chunk : Arrays.copyOf(chunk, length));
      }
      return out.toArray();
    }
  }
}
