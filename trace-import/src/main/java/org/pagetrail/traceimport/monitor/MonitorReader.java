package org.pagetrail.traceimport.monitor;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.CaptureReader;
import org.pagetrail.traceimport.capture.Fact;
import org.pagetrail.traceimport.capture.RamBlock;
import org.pagetrail.traceimport.capture.Snapshot;
import org.pagetrail.traceimport.capture.Snapshot.Place;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.Line;

/**
 * Reads a session with the human monitor. What came before the guest was told to continue describes
 * the machine before the run; a session whose file names a time describes it at that time.
 */
public final class MonitorReader implements CaptureReader {
  private static final String PROMPT = "(qemu) ";
  private static final Pattern RELEASE =
      Pattern.compile("QEMU (?<release>[\\w.+~-]{1,40}) monitor - type 'help'.*");

  /** What {@code info version} prints. */
  private static final Pattern VERSION =
      Pattern.compile("(?<release>\\d{1,3}(?:\\.\\d{1,3}){1,2})(?!\\.|\\d).*");

  private static final Pattern COMMAND = Pattern.compile("(?:info )?[a-z][a-z0-9_-]{0,40}");

  /** Commands whose output is read, so that a line of another form is one not understood. */
  private static final Set<String> READ = Set.of("info mtree", "info ramblock", "info version");

  private static final Pattern BLOCK =
      Pattern.compile(
          " *+(?<name>\\S.*?) +\\d+ \\w+  0x[0-9a-f]{16} 0x(?<used>[0-9a-f]{16}) 0x[0-9a-f]{16}"
              + "(?: 0x(?<hva>[0-9a-f]{16}) {1,2}(?:ro|rw))?");

  /**
   * A line of {@code info mtree} without {@code -f}. It has neither the order of siblings nor what
   * only an alias forbids, so that no flat view follows from it.
   */
  private static final Pattern REGION =
      Pattern.compile(
          "(?:address-space|memory-region): |aliases$"
              + "|(?:  )+[0-9a-f]{16}-[0-9a-f]{16} \\(prio -?\\d{1,10}, (?:nv-)?[\\w/-]{2,6}\\): ");

  private static final Pattern BLOCK_HEADER = Pattern.compile(" *Block Name +PSize +Offset .*");

  @Override
  public String format() {
    return "monitor";
  }

  @Override
  public boolean recognises(String name, List<String> head) {
    return head.stream()
        .anyMatch(line ->
            line.startsWith(PROMPT)
                || RELEASE.matcher(line).matches()
                || line.startsWith("FlatView #")
                || line.startsWith("address-space: "));
  }

  @Override
  public void read(InputLines lines, Capture capture) {
    Snapshot named = Snapshot.of(lines.name());
    Snapshot snapshot = named.place() == Place.AT ? named : Snapshot.BEFORE;
    String command = "";
    FlatViews views = new FlatViews(lines, capture);
    for (Line line = lines.next(); line != null; line = lines.next()) {
      String text = TerminalLine.render(line.text());
      Matcher release = RELEASE.matcher(text);
      Matcher block = BLOCK.matcher(text);
      if (text.startsWith(PROMPT)) {
        views.close(snapshot);
        command = text.substring(PROMPT.length()).strip();
        snapshot = command.equals("c") || command.equals("cont") ? Snapshot.AFTER : snapshot;
      } else if (release.matches()) {
        capture.monitorRelease(new Fact(lines.source(line), release.group("release")));
      } else if (command.equals("info version") && VERSION.matcher(text).matches()) {
        version(lines, line, text, capture);
      } else if (block.matches()) {
        capture.ramBlocks().add(block(lines, line, block));
      } else if (!BLOCK_HEADER.matcher(text).matches()
          && !views.take(line, text, snapshot)
          && !text.isBlank()) {
        if (REGION.matcher(text).lookingAt()) {
          lines.notUsed(line, "tree of memory regions, from which no flat view follows");
        } else {
          other(lines, line, firstWords(command));
        }
      }
    }
    views.close(snapshot);
  }

  private static void version(InputLines lines, Line line, String text, Capture capture) {
    Matcher version = VERSION.matcher(text);
    if (version.matches() && capture.monitorRelease() == null) {
      capture.monitorRelease(new Fact(lines.source(line), version.group("release")));
    }
  }

  /** A line that is none of those we read, behind a command. */
  private static void other(InputLines lines, Line line, String command) {
    if (COMMAND.matcher(command).matches() && !READ.contains(command)) {
      lines.notUsed(line, "output of " + command);
    } else {
      lines.notUnderstood(line, command.isEmpty() ? "text" : "output of " + command);
    }
  }

  private static RamBlock block(InputLines lines, Line line, Matcher match) {
    String hva = match.group("hva");
    return new RamBlock(
        lines.source(line),
        match.group("name"),
        new ByteSize(Long.parseUnsignedLong(match.group("used"), 16) & Long.MAX_VALUE),
        hva == null ? null : Hva.parse(hva));
  }

  private static String firstWords(String command) {
    String[] words = command.split(" ", 3);
    return words.length > 1 && words[0].equals("info") ? words[0] + " " + words[1] : words[0];
  }
}
