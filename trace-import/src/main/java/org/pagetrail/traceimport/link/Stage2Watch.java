package org.pagetrail.traceimport.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.pagetrail.events.Event;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.KvmEvent.Stage2Relaxed;
import org.pagetrail.events.KvmEvent.Stage2Unmapped;
import org.pagetrail.events.KvmEvent.Stage2WriteProtected;
import org.pagetrail.events.RunEvent.FindingNoted;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.Snapshot;
import org.pagetrail.traceimport.capture.Stage2Row;

/**
 * What stage 2 holds by the events of the trail, to be compared with a dump of it. Where the two
 * differ, the trace lacks events, or began after the entry was made.
 */
final class Stage2Watch {
  /** The name of what is found. */
  static final String DIFFERS = "stage2-differs-from-dump";

  private static final int FINDINGS_MAX = 100;

  /** Entries from an address up to, not including, another. */
  private record Entries(long end, Perms perms) {}

  private final NavigableMap<Long, Entries> entries = new TreeMap<>();
  private boolean sawMapping;
  private int findings;

  /** Follows an event. */
  void see(Event event) {
    switch (event) {
      case Stage2Mapped mapped when mapped.ret() == 0 -> {
        sawMapping = true;
        put(mapped.gpa().value(), mapped.size(), mapped.perms());
      }
      case Stage2Relaxed relaxed when relaxed.ret() == 0 -> relax(relaxed);
      case Stage2Unmapped unmapped -> cut(unmapped.range().start().value(), end(unmapped.range()));
      case Stage2WriteProtected read -> writeProtect(read.range());
      default -> {
        // Nothing else changes what the guest may do.
      }
    }
  }

  /** Compares with the dumps of a moment. */
  void compare(Snapshot snapshot, Capture capture, TrailWriter out, List<String> warnings) {
    List<Stage2Row> rows =
        capture.stage2Rows().stream().filter(row -> row.snapshot().equals(snapshot)).toList();
    if (rows.isEmpty()) {
      return;
    }
    if (!sawMapping) {
      warnings.add(
          rows.getFirst().source().input()
              + ": stage 2 is not compared, no event before the dump maps a page");
      return;
    }
    NavigableMap<Long, Entries> left = new TreeMap<>(entries);
    for (Stage2Row row : rows) {
      compare(row, left, out);
    }
    left.forEach((start, of) ->
        note(
            GpaRange.between(new Gpa(start), new Gpa(of.end)),
            "mapped " + of.perms + " by the events, not in the dump",
            rows.getFirst(),
            out));
  }

  private void compare(Stage2Row row, NavigableMap<Long, Entries> left, TrailWriter out) {
    long at = row.range().start().value();
    long end = end(row.range());
    split(left, at);
    split(left, end);
    for (Map.Entry<Long, Entries> of : new ArrayList<>(left.subMap(at, end).entrySet())) {
      missing(row, at, of.getKey(), out);
      if (!of.getValue().perms.equals(row.perms())) {
        note(
            GpaRange.between(new Gpa(of.getKey()), new Gpa(of.getValue().end)),
            "mapped " + of.getValue().perms + " by the events, " + row.perms() + " in the dump",
            row,
            out);
      }
      at = of.getValue().end;
      left.remove(of.getKey());
    }
    missing(row, at, end, out);
  }

  private void missing(Stage2Row row, long from, long to, TrailWriter out) {
    if (from < to) {
      note(
          GpaRange.between(new Gpa(from), new Gpa(to)),
          "not mapped by the events, " + row.perms() + " in the dump",
          row,
          out);
    }
  }

  private void note(GpaRange range, String what, Stage2Row row, TrailWriter out) {
    if (findings++ < FINDINGS_MAX) {
      out.stated(new FindingNoted(DIFFERS, range + " " + what), row.source());
    }
  }

  private void put(long start, ByteSize size, Perms perms) {
    long end = start + size.bytes();
    if (end > start) {
      cut(start, end);
      entries.put(start, new Entries(end, perms));
    }
  }

  private void relax(Stage2Relaxed relaxed) {
    Map.Entry<Long, Entries> of = entries.floorEntry(relaxed.gpa().value());
    if (of != null && of.getValue().end > relaxed.gpa().value()) {
      Entries before = of.getValue();
      entries.put(of.getKey(), new Entries(before.end, before.perms.plus(relaxed.added())));
    }
  }

  private void writeProtect(GpaRange range) {
    split(entries, range.start().value());
    split(entries, end(range));
    entries
        .subMap(range.start().value(), end(range))
        .replaceAll((start, of) -> new Entries(of.end, of.perms.withoutWrite()));
  }

  private void cut(long start, long end) {
    split(entries, start);
    split(entries, end);
    entries.subMap(start, end).clear();
  }

  private static void split(NavigableMap<Long, Entries> map, long at) {
    Map.Entry<Long, Entries> of = map.lowerEntry(at);
    if (of != null && of.getValue().end > at) {
      map.put(of.getKey(), new Entries(at, of.getValue().perms));
      map.put(at, new Entries(of.getValue().end, of.getValue().perms));
    }
  }

  /** Guest addresses have at most 52 bits; what lies beyond ends there. */
  private static long end(GpaRange range) {
    long end = range.start().value() + range.size().bytes();
    return end < range.start().value() ? Long.MAX_VALUE : end;
  }
}
