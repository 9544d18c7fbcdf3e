package org.pagetrail.traceimport.maps;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.CaptureReader;
import org.pagetrail.traceimport.capture.MappedArea;
import org.pagetrail.traceimport.capture.Snapshot;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.Line;

/** Reads maps and smaps; of the rows of smaps only VmFlags says something that maps does not. */
public final class MapsReader implements CaptureReader {
  private static final Pattern AREA =
      Pattern.compile(
          "(?<start>[0-9a-f]{8,16})-(?<end>[0-9a-f]{8,16}) (?<perms>[r-][w-][x-])(?<share>[sp])"
              + " [0-9a-f]{8,16} [0-9a-f]{2,8}:[0-9a-f]{2,8} (?<inode>\\d{1,18}) *+(?<name>.*)");

  private static final Pattern ROW = Pattern.compile("(?<key>[A-Za-z_]{3,24}): *+(?<value>.*)");

  /** What smaps_rollup calls the one area that stands for all. */
  private static final String SUM = "[rollup]";

  @Override
  public String format() {
    return "maps";
  }

  @Override
  public boolean recognises(String name, List<String> head) {
    return !head.isEmpty() && AREA.matcher(head.getFirst()).matches();
  }

  /** Whether lines at the beginning of a file are of smaps, where rows follow each area. */
  public static boolean isSmaps(List<String> head) {
    return head.size() > 1
        && AREA.matcher(head.getFirst()).matches()
        && ROW.matcher(head.get(1)).matches();
  }

  @Override
  public void read(InputLines lines, Capture capture) {
    Snapshot snapshot = Snapshot.of(lines.name());
    List<MappedArea> areas = new ArrayList<>();
    boolean sum = false;
    for (Line line = lines.next(); line != null; line = lines.next()) {
      Matcher match = AREA.matcher(line.text());
      Matcher row = ROW.matcher(line.text());
      if (!line.ended()) {
        lines.notUnderstood(line, "last line, which is cut");
      } else if (match.matches() && match.group("name").equals(SUM)) {
        sum = true;
        lines.notUsed(line, "sums of all areas");
      } else if (row.matches() && sum) {
        lines.notUsed(line, "sums of all areas");
      } else if (match.matches()) {
        sum = false;
        MappedArea area = area(lines, line, match, snapshot);
        if (area != null) {
          areas.add(area);
        }
      } else if (row.matches() && !areas.isEmpty()) {
        if (row.group("key").equals("VmFlags")) {
          String[] flags = row.group("value").strip().split(" +");
          areas.set(areas.size() - 1, areas.getLast().withFlags(new TreeSet<>(List.of(flags))));
        }
      } else {
        lines.notUnderstood(line, "text");
      }
    }
    capture.areas().addAll(areas);
  }

  private static @Nullable MappedArea area(
      InputLines lines, Line line, Matcher match, Snapshot snapshot) {
    try {
      return new MappedArea(
          lines.source(line),
          snapshot,
          HvaRange.between(Hva.parse(match.group("start")), Hva.parse(match.group("end"))),
          Perms.parse(match.group("perms")),
          match.group("share").equals("s"),
          Long.parseLong(match.group("inode")),
          match.group("name"),
          Set.of());
    } catch (IllegalArgumentException | ArithmeticException e) {
      lines.notUnderstood(line, "area that ends before it begins");
      return null;
    }
  }
}
