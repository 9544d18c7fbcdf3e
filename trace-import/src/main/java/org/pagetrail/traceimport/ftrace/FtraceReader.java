package org.pagetrail.traceimport.ftrace;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.Capture.Dropped;
import org.pagetrail.traceimport.capture.Happening;
import org.pagetrail.traceimport.capture.HappeningReader;
import org.pagetrail.traceimport.capture.Happenings;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.QemuLine;
import org.pagetrail.traceimport.capture.Teller;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.Line;
import org.pagetrail.traceimport.input.Numbers;
import org.pagetrail.traceimport.input.TextCursor;

/**
 * Finds thread, time and event of each line of a kernel trace, as the files {@code trace} and
 * {@code trace_pipe}, {@code trace-cmd report} and {@code perf script} print it.
 */
public final class FtraceReader implements HappeningReader {
  /**
   * From the thread id on; the command name before it may hold anything, a dash included. ftrace
   * prints {@code -TID (TGID) [CPU] flags}, its latency format {@code -TID CPUflags}, perf script
   * {@code PID/TID [CPU]} or {@code TID [CPU]}.
   */
  private static final Pattern LINE =
      Pattern.compile(
          "[-\\s](?<tid>\\d{1,10}(?:/\\d{1,10})?)"
              + "\\s++(?:\\(\\s*+(?<tgid>\\d{1,10}|-++)\\)\\s++)?"
              + "(?:\\[\\d{3,5}\\]\\s++(?:[^\\s\\d]\\S{3,7}\\s++)?|\\d{1,4}[^\\s\\d]\\S{3,6}\\s++)"
              + "(?<time>\\d{1,20}(?:\\.\\d{1,9})?):"
              + "\\s++(?:\\w++:)??(?<event>[\\w-]++):(?:\\s|$)(?<payload>.*)");

  /** {@code CPU:0 [LOST 3 EVENTS]} of ftrace, {@code CPU:0 [3 EVENTS DROPPED]} of trace-cmd. */
  private static final Pattern LOST =
      Pattern.compile("CPU:\\d{1,5} \\[(?:LOST )?(?:(?<count>\\d{1,18}) )?EVENTS(?: DROPPED)?\\]");

  private static final Pattern PERF_LOST =
      Pattern.compile(".*: PERF_RECORD_LOST lost (?<count>\\d{1,18})");

  private static final Pattern WRITTEN =
      Pattern.compile(
          "# entries-in-buffer/entries-written: (?<kept>\\d{1,18})/(?<written>\\d{1,18}) .*");

  private static final Pattern HEADER =
      Pattern.compile("#.*|cpus=\\d+|version = \\d+|CPU \\d+ is empty|\\s*");

  private final KernelEvents events;
  private final TextCursor cursor = new TextCursor();
  private final LineHead head = new LineHead();

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
  public Teller teller() {
    return Teller.KERNEL;
  }

  @Override
  public Happenings open(InputLines lines, Capture capture) {
    return () -> next(lines, capture);
  }

  private @Nullable Happening next(InputLines lines, Capture capture) {
    for (Line line = lines.next(); line != null; line = lines.next()) {
      KernelLine quick = line.ended() ? quick(line, lines) : null;
      if (quick != null) {
        return quick;
      }
      if (HEADER.matcher(line.text()).matches()) {
        overwritten(line, lines, capture);
        continue;
      }
      if (!line.ended()) {
        lines.notUnderstood(line, "last line, which is cut");
        continue;
      }
      KernelLine parsed = parse(line, lines);
      if (parsed != null) {
        QemuLine ofQemu = MarkedEvents.ofQemu(parsed);
        return ofQemu == null ? parsed : ofQemu;
      }
    }
    return null;
  }

  /** A line of the usual form with an event that concerns pages; null for any other. */
  private @Nullable KernelLine quick(Line line, InputLines lines) {
    line.show(cursor);
    if (!head.read(cursor)) {
      return null;
    }
    int name = cursor.mark();
    KernelEvents.Arguments arguments = events.named(cursor.word(), name);
    if (arguments == null || !cursor.text(":").isOk() || cursor.peek() != ' ') {
      return null;
    }
    try {
      KernelFact fact = arguments.read(cursor.blanks());
      return fact == null
          ? null
          : new KernelLine(
              lines.source(line), head.timeNanos(), head.thread(), KernelLine.NO_PROCESS, fact);
    } catch (IllegalArgumentException | ArithmeticException e) {
      return null;
    }
  }

  /** What the ring buffer overwrote before the first line. */
  private static void overwritten(Line line, InputLines lines, Capture capture) {
    Matcher match = WRITTEN.matcher(line.text());
    if (match.matches()) {
      long lost = Long.parseLong(match.group("written")) - Long.parseLong(match.group("kept"));
      if (lost > 0) {
        capture.dropped().add(new Dropped(lines.source(line), lost));
      }
    }
  }

  private @Nullable KernelLine parse(Line line, InputLines lines) {
    String event = "";
    try {
      KernelLine lost = lost(line, lines);
      if (lost != null) {
        return lost;
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
      String thread = match.group("tid");
      return new KernelLine(
          lines.source(line),
          time(match.group("time")),
          Numbers.small(thread.substring(thread.indexOf('/') + 1)),
          process(thread, match.group("tgid")),
          fact);
    } catch (IllegalArgumentException | ArithmeticException e) {
      lines.notUnderstood(line, event + " with a number out of range");
      return null;
    }
  }

  private static @Nullable KernelLine lost(Line line, InputLines lines) {
    Matcher ftrace = LOST.matcher(line.text());
    Matcher perf = PERF_LOST.matcher(line.text());
    Matcher match = ftrace.lookingAt() ? ftrace : perf.matches() ? perf : null;
    if (match == null) {
      return null;
    }
    String count = match.group("count");
    return new KernelLine(
        lines.source(line),
        null,
        0,
        KernelLine.NO_PROCESS,
        new KernelFact.Lost(count == null ? 0 : Numbers.any(count)));
  }

  /** A time without a dot counts something else than seconds. */
  private static @Nullable Long time(String text) {
    return text.indexOf('.') < 0 ? null : Numbers.nanosOfSeconds(text);
  }

  /** What perf prints before the thread, or ftrace in brackets. */
  private static int process(String thread, @Nullable String tgid) {
    int slash = thread.indexOf('/');
    if (slash > 0) {
      return Numbers.small(thread.substring(0, slash));
    }
    return tgid == null || tgid.startsWith("-") ? KernelLine.NO_PROCESS : Numbers.small(tgid);
  }
}
