package org.pagetrail.traceimport.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent.FlatRange;
import org.pagetrail.events.QemuEvent.RegionKind;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hex;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.MonitorView;
import org.pagetrail.traceimport.capture.Snapshot;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.Line;

/** Collects the views of {@code info mtree -f}, releases 2.9 to 10.2. */
final class FlatViews {
  private static final Pattern HEADER = Pattern.compile("FlatView #\\d+");
  private static final Pattern SPACE = Pattern.compile(" AS \"(?<name>.*)\", root: .*");
  private static final Pattern ROOT =
      Pattern.compile(" Root memory region: .*|  No rendered FlatView");
  private static final Pattern RANGE =
      Pattern.compile(
          "  (?<start>[0-9a-f]{16})-(?<last>[0-9a-f]{16}) \\(prio -?\\d+,"
              + " (?:nv-)?(?<type>[\\w/]+)\\): (?<region>.*?)(?: @(?<offset>[0-9a-f]{16}))?(?:"
              + " (?:owner|parent):\\{.*\\}| orphan)*+(?: KVM)*+");

  /** What {@code -d} adds: how addresses find their ranges, which the ranges say already. */
  private static final Pattern DISPATCH =
      Pattern.compile(
          "  Dispatch$|    (?:Physical sections|Nodes \\()|      (?:#\\d+ @|\\[\\d+\\])"
              + "|\\t *(?:\\d+\\.\\.)?\\d+ +skip=");

  private static final Map<String, RegionKind> KINDS =
      Map.of(
          "ram", RegionKind.RAM,
          "rom", RegionKind.ROM,
          "romd", RegionKind.ROMD,
          "i/o", RegionKind.IO,
          "ramd", RegionKind.RAM_DEVICE);

  private final InputLines lines;
  private final Capture capture;
  private final Map<String, Line> spaces = new TreeMap<>();
  private final List<FlatRange> ranges = new ArrayList<>();
  private boolean open;

  FlatViews(InputLines lines, Capture capture) {
    this.lines = lines;
    this.capture = capture;
  }

  /** Takes a line if it belongs to a flat view. */
  boolean take(Line line, String text, Snapshot snapshot) {
    if (HEADER.matcher(text).matches()) {
      close(snapshot);
      open = true;
      return true;
    }
    if (!open) {
      return false;
    }
    Matcher space = SPACE.matcher(text);
    if (space.matches()) {
      spaces.put(space.group("name"), line);
      return true;
    }
    Matcher range = RANGE.matcher(text);
    if (range.matches()) {
      FlatRange flat = range(range);
      if (flat != null) {
        ranges.add(flat);
      }
      return flat != null;
    }
    if (DISPATCH.matcher(text).lookingAt()) {
      lines.notUsed(line, "dispatch tables of flat views");
      return true;
    }
    return text.isBlank() || ROOT.matcher(text).matches();
  }

  /** Ends the view that is open, if any. */
  void close(Snapshot snapshot) {
    for (Map.Entry<String, Line> space : spaces.entrySet()) {
      capture
          .monitorViews()
          .add(new MonitorView(lines.source(space.getValue()), snapshot, space.getKey(), ranges));
    }
    spaces.clear();
    ranges.clear();
    open = false;
  }

  private static @Nullable FlatRange range(Matcher match) {
    RegionKind kind = KINDS.get(match.group("type"));
    if (kind == null) {
      return null;
    }
    String offset = match.group("offset");
    return new FlatRange(
        Gpa.parse(match.group("start")),
        Gpa.parse(match.group("last")),
        match.group("region"),
        kind,
        offset == null ? 0 : Hex.parse(offset));
  }
}
