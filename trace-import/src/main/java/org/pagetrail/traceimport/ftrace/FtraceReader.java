package org.pagetrail.traceimport.ftrace;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.CaptureReader;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.Line;
import org.pagetrail.traceimport.input.Numbers;

/**
 * Finds thread, time and event of each line of a kernel trace, as the file {@code trace} and {@code
 * trace-cmd report} print it.
 */
public final class FtraceReader implements CaptureReader {
  /** From the thread id on; the command name before it may hold anything, a dash included. */
  private static final Pattern LINE =
      Pattern.compile(
          "-(?<tid>\\d{1,10})\\s++(?:\\(\\s*+(?<tgid>\\d{1,10}|-++)\\)\\s++)?\\[\\d{3,5}\\]\\s++"
              + "(?:[^\\s\\d]\\S{3,7}\\s++)?(?<time>\\d{1,20}(?:\\.\\d{1,9})?):"
              + "\\s++(?:\\w++:)??(?<event>[\\w-]++):(?:\\s|$)(?<payload>.*)");

  private static final Pattern LOST =
      Pattern.compile("CPU:\\d{1,5} \\[LOST (?<count>\\d{1,18}) EVENTS\\]");

  private static final Pattern HEADER =
      Pattern.compile("#.*|cpus=\\d+|version = \\d+|CPU \\d+ is empty|\\s*");

  private final KernelEvents events;

  /** A reader that knows the probes by these names. */
  public FtraceReader(ProbeNames probes) {
    this.events = new KernelEvents(probes);
  }

  @Override
  public String format() {
    return "ftrace";
  }

  @Override
  public boolean recognises(String name, List<String> head) {
    return head.stream()
        .anyMatch(line -> line.startsWith("# tracer:") || LINE.matcher(line).find());
  }

  @Override
  public void read(InputLines lines, Capture capture) {
    List<KernelLine> trace = capture.kernelTrace(lines.name());
    for (Line line = lines.next(); line != null; line = lines.next()) {
      if (HEADER.matcher(line.text()).matches()) {
        continue;
      }
      if (!line.ended()) {
        lines.notUnderstood(line, "last line, which is cut");
        continue;
      }
      KernelLine parsed = parse(line, lines);
      if (parsed != null) {
        trace.add(parsed);
      }
    }
  }

  private @Nullable KernelLine parse(Line line, InputLines lines) {
    String event = "";
    try {
      Matcher lost = LOST.matcher(line.text());
      if (lost.lookingAt()) {
        long count = Numbers.any(lost.group("count"));
        return new KernelLine(
            lines.source(line), null, 0, KernelLine.NO_PROCESS, new KernelFact.Lost(count));
      }
      Matcher match = LINE.matcher(line.text());
      if (!match.find()) {
        lines.notUnderstood(line, "text");
        return null;
      }
      event = match.group("event");
      KernelFact fact = events.parse(event, match.group("payload").strip());
      if (fact == null) {
        lines.notUnderstood(
            line, events.isKnown(event) ? event + " with other arguments" : "event " + event);
        return null;
      }
      return new KernelLine(
          lines.source(line),
          time(match.group("time")),
          Numbers.small(match.group("tid")),
          process(match.group("tgid")),
          fact);
    } catch (IllegalArgumentException | ArithmeticException e) {
      lines.notUnderstood(line, event + " with a number out of range");
      return null;
    }
  }

  /** A time without a dot counts something else than seconds. */
  private static @Nullable Long time(String text) {
    return text.indexOf('.') < 0 ? null : Numbers.nanosOfSeconds(text);
  }

  private static int process(@Nullable String tgid) {
    return tgid == null || tgid.startsWith("-") ? KernelLine.NO_PROCESS : Numbers.small(tgid);
  }
}
