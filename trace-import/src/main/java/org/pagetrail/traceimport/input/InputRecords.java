package org.pagetrail.traceimport.input;

import java.io.Closeable;

/**
 * An input that is not text, as its reader counts it: how many records began, which of them nobody
 * understood, and which are known and say nothing for a trail.
 */
public abstract class InputRecords implements Closeable {
  final String name;
  final Misunderstood misunderstood = new Misunderstood();
  private final Misunderstood unused = new Misunderstood();
  private final long recordsMax;
  long records;

  InputRecords(String name, long recordsMax) {
    this.name = name;
    this.recordsMax = recordsMax;
  }

  /** The input's name within the capture. */
  public final String name() {
    return name;
  }

  /** How many records began so far. */
  public final long count() {
    return records;
  }

  /** What no reader understood so far. */
  public final Misunderstood misunderstood() {
    return misunderstood;
  }

  /** What readers know, and have no use for. */
  public final Misunderstood unused() {
    return unused;
  }

  /** A record begins here. */
  public void begin() {
    if (++records > recordsMax) {
      throw new ImportException(
          name + ":" + records,
          "input too large",
          "it has more than " + recordsMax + " records",
          "cut the trace, or raise the limit on lines");
    }
  }

  /** Counts the record as known, and as one that says nothing for a trail. */
  public final void notUsed(String kind) {
    unused.add(kind, records);
  }

  /** Counts the record as not understood. */
  public final void notUnderstood(String kind) {
    misunderstood.add(kind, records);
  }
}
