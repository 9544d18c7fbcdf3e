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
import org.pagetrail.traceimport.input.SharedWords;
import org.pagetrail.traceimport.input.TextCursor;

/**
 * Finds thread, time and event of each line of a kernel trace, as the files {@code trace} and
 * {@code trace_pipe}, {@code trace-cmd report} and {@code perf script} print it.
 */
public final class FtraceReader implements HappeningReader {
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

  private static final int NO_NAME = -1;

  private final KernelEvents events;
  private final TextCursor cursor = new TextCursor();
  private final LineHead head = new LineHead();
  private final SharedWords otherEvents = new SharedWords("");

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
        .anyMatch(line -> line.startsWith("# tracer:") || isEvent(TextCursor.of(line)));
  }

  private boolean isEvent(TextCursor line) {
    return head.read(line) && name(line) != NO_NAME;
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
        return happening(quick);
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
        return happening(parsed);
      }
    }
    return null;
  }

  private static Happening happening(KernelLine line) {
    QemuLine ofQemu = MarkedEvents.ofQemu(line);
    return ofQemu == null ? line : ofQemu;
  }

  /** A line of the usual form with an event that we know; null for any other. */
  private @Nullable KernelLine quick(Line line, InputLines lines) {
    line.show(cursor);
    if (!head.read(cursor)) {
      return null;
    }
    int name = name(cursor);
    if (name == NO_NAME) {
      return null;
    }
    KernelEvents.Arguments arguments = events.named(cursor, name);
    String other = arguments == null ? otherEvents.since(cursor, name) : "";
    if (!cursor.text(": ").isOk()) {
      return null;
    }
    try {
      cursor.blanks();
      KernelFact fact =
          arguments == null ? events.parse(other, cursor.rest().strip()) : arguments.read(cursor);
      return fact == null ? null : line(line, lines, fact);
    } catch (IllegalArgumentException | ArithmeticException e) {
      return null;
    }
  }

  /**
   * Passes the name of the event, without the system that perf prints before it; gives where it
   * begins, or {@link #NO_NAME} if nothing or no colon is there.
   */
  private static int name(TextCursor in) {
    int name = in.mark();
    in.word();
    if (in.isOk() && in.peek() == ':' && in.peek(1) > ' ') {
      name = in.skip(1).mark();
      in.word();
    }
    while (in.isOk() && in.peek() == '-') {
      in.skip(1).word();
    }
    return in.isOk() && in.peek() == ':' && in.peek(1) <= ' ' ? name : NO_NAME;
  }

  private KernelLine line(Line line, InputLines lines, KernelFact fact) {
    return new KernelLine(
        lines.source(line), head.timeNanos(), head.thread(), head.process(), fact);
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
      line.show(cursor);
      int name = head.read(cursor) ? name(cursor) : NO_NAME;
      if (name == NO_NAME) {
        lines.notUnderstood(line, "text");
        return null;
      }
      event = cursor.since(name);
      KernelFact fact = events.parse(event, cursor.skip(1).rest().strip());
      if (fact == null) {
        lines.notUnderstood(
            line, events.isKnown(event) ? event + " with other arguments" : "event " + event);
        return null;
      }
      return line(line, lines, fact);
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
}
