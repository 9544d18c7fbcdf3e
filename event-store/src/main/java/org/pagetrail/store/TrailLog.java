package org.pagetrail.store;

import java.util.Iterator;
import java.util.List;
import java.util.PrimitiveIterator;

/**
 * One trail in a store: entries are appended and never changed. One writer at a time; readers do
 * not wait for it. Every method throws {@link StoreException} if the store fails.
 *
 * <p>An object of this type is not for several threads at once; each opens the log for itself.
 */
public interface TrailLog extends AutoCloseable {
  /** The name of the run that the trail is of. */
  String run();

  /**
   * How many entries are durable. A log opened to read sees what another process has added since.
   */
  long size();

  /**
   * Appends entries, whose positions must continue the log. All of them are durable when this
   * returns; if it throws, none is. Where a store refuses even to take them back, all of them or
   * none are found when it is opened again.
   *
   * @throws IllegalArgumentException if a position is not the next one
   * @throws IllegalStateException if the log was opened to read
   */
  void append(List<? extends LogEntry> entries);

  /**
   * The entries from a position on, as far as they are durable at the time of the call.
   *
   * @param from 0 to {@link #size}
   */
  Iterator<LogEntry> read(long from);

  /**
   * The positions from {@code from} on that a selection holds, ascending, as far as they are
   * durable at the time of the call. Costs what it finds and not what the log holds, where the
   * selection has a tag with few entries.
   */
  PrimitiveIterator.OfLong positions(Selection selection, long from);

  /**
   * The entries from a position on that a selection holds, as far as they are durable at the time
   * of the call.
   *
   * @param from 0 to {@link #size}
   */
  default Iterator<LogEntry> read(Selection selection, long from) {
    if (selection.equals(Selection.ALL)) {
      return read(from);
    }
    PrimitiveIterator.OfLong positions = positions(selection, from);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return positions.hasNext();
      }

      @Override
      public LogEntry next() {
        return at(positions.nextLong());
      }
    };
  }

  /** The entry at a position below {@link #size}. */
  LogEntry at(long seq);

  @Override
  void close();
}
