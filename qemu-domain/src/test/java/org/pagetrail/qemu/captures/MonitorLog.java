package org.pagetrail.qemu.captures;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pagetrail.events.QemuEvent.FlatRange;
import org.pagetrail.events.QemuEvent.FlatViewCommitted;
import org.pagetrail.events.QemuEvent.RegionKind;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.qemu.slot.SlotTable;
import org.tukaani.xz.XZInputStream;

/** The first answer to {@code info mtree -f}, without priorities, which no range has of its own. */
record MonitorLog(List<String> lines) {
  private static final Pattern RANGE =
      Pattern.compile("  ([0-9a-f]{16}-[0-9a-f]{16}) \\(prio -?\\d+, (.*)");

  static MonitorLog of(CapturedBoot boot) throws IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new XZInputStream(Files.newInputStream(boot.folder().resolve("hmp.log.xz"))),
                StandardCharsets.UTF_8))) {
      int answers = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        answers += line.startsWith("FlatView #0") ? 1 : 0;
        if (answers == 1) {
          lines.add(line.stripTrailing());
        }
      }
    }
    return new MonitorLog(lines);
  }

  /** What the view with this address space shows. */
  List<String> linesOf(String addressSpace) {
    List<String> ranges = new ArrayList<>();
    boolean inside = false;
    for (String line : lines) {
      inside |= line.startsWith(" AS \"" + addressSpace + "\"");
      Matcher matcher = RANGE.matcher(line);
      if (inside && matcher.matches()) {
        ranges.add(matcher.group(1) + " (" + matcher.group(2));
      }
      if (inside && line.isEmpty()) {
        return ranges;
      }
    }
    return ranges;
  }

  /** The same from the model. */
  static List<String> linesOf(FlatViewCommitted view, SlotTable slots) {
    List<String> lines = new ArrayList<>();
    for (FlatRange range : view.ranges()) {
      long bytes = range.lastByte().value() - range.start().value() + 1;
      boolean hasSlot = bytes > 0 && slots.exact(range.start(), new ByteSize(bytes)) != null;
      lines.add(
          String.format(
              Locale.ROOT,
              "%016x-%016x (%s): %s%s%s",
              range.start().value(),
              range.lastByte().value(),
              word(range.kind()),
              range.region(),
              range.offset() == 0 ? "" : String.format(Locale.ROOT, " @%016x", range.offset()),
              hasSlot ? " KVM" : ""));
    }
    return lines;
  }

  private static String word(RegionKind kind) {
    return switch (kind) {
      case RAM -> "ram";
      case ROM -> "rom";
      case ROMD -> "romd";
      case IO -> "i/o";
      case RAM_DEVICE -> "ramd";
    };
  }
}
