package org.pagetrail.store.contract;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.Selection;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.TrailLog;

/** A log that lasts as long as its {@link Memory}: the simplest one that keeps the contract. */
public final class MemoryTrailLog implements TrailLog {
  /** The logs of a test, by run. */
  public static final class Memory {
    private final Map<String, List<LogEntry>> runs = new TreeMap<>();
    private final Map<String, MemoryTrailLog> writers = new TreeMap<>();
  }

  private final Memory memory;
  private final String run;
  private final boolean writes;

  private MemoryTrailLog(Memory memory, String run, boolean writes) {
    this.memory = memory;
    this.run = run;
    this.writes = writes;
  }

  /** Opens a log to write, an empty one if there is none. */
  public static MemoryTrailLog write(Memory memory, String run) {
    synchronized (memory) {
      MemoryTrailLog log = new MemoryTrailLog(memory, run, true);
      if (memory.writers.putIfAbsent(run, log) != null) {
        throw new StoreException(
            run, "not opened", "it is being written", "wait until the writer has ended", null);
      }
      memory.runs.computeIfAbsent(run, name -> new ArrayList<>());
      return log;
    }
  }

  /** Opens a log to read. */
  public static MemoryTrailLog read(Memory memory, String run) {
    return new MemoryTrailLog(memory, run, false);
  }

  @Override
  public String run() {
    return run;
  }

  @Override
  public long size() {
    return entries().size();
  }

  @Override
  public void append(List<? extends LogEntry> added) {
    if (!writes) {
      throw new IllegalStateException(run + " was opened to read");
    }
    synchronized (memory) {
      List<LogEntry> whole = new ArrayList<>(entries());
      for (LogEntry entry : added) {
        if (entry.seq() != whole.size()) {
          throw new IllegalArgumentException(
              "entry " + entry.seq() + " where " + whole.size() + " is due");
        }
        whole.add(entry);
      }
      memory.runs.put(run, whole);
    }
  }

  @Override
  public Iterator<LogEntry> read(long from) {
    List<LogEntry> entries = entries();
    return entries.subList(Math.toIntExact(from), entries.size()).iterator();
  }

  @Override
  public PrimitiveIterator.OfLong positions(Selection selection, long from) {
    List<LogEntry> entries = entries();
    return LongStream.range(from, entries.size())
        .filter(seq -> selection.holds(entries.get(Math.toIntExact(seq))))
        .iterator();
  }

  @Override
  public LogEntry at(long seq) {
    return entries().get(Math.toIntExact(seq));
  }

  @Override
  public void close() {
    synchronized (memory) {
      memory.writers.remove(run, this);
    }
  }

  /** The entries now; an append makes a new list. */
  private List<LogEntry> entries() {
    synchronized (memory) {
      return memory.runs.getOrDefault(run, List.of());
    }
  }
}
