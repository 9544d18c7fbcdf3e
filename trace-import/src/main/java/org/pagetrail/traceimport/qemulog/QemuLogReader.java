package org.pagetrail.traceimport.qemulog;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.HappeningReader;
import org.pagetrail.traceimport.capture.Happenings;
import org.pagetrail.traceimport.capture.QemuLine;
import org.pagetrail.traceimport.capture.Teller;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.Line;
import org.pagetrail.traceimport.input.Numbers;
import org.pagetrail.traceimport.input.SharedWords;
import org.pagetrail.traceimport.input.TextCursor;

/**
 * Finds time, thread and event of each line of a QEMU log: {@code PID@SEC.USEC:} from 2.3, {@code
 * TID@SEC.USEC:} from 4.0, an ISO time from 10.1, or nothing.
 */
public final class QemuLogReader implements HappeningReader {
  private static final Pattern LINE =
      Pattern.compile(
          "(?:(?<tid>\\d{1,10})@(?<time>\\d{1,10}\\.\\d{6}):"
              + "|(?<iso>\\d{4}-\\d\\d-\\d\\dT[0-9:.]{1,20}Z) )?"
              + "(?<event>[a-z][a-z0-9_]*+) ?(?<args>.*)");

  /** Digits of a number that surely fits an int. */
  private static final int NUMBER_DIGITS = 9;

  private static final int MICRO_DIGITS = 6;

  /** As many surely fit 64 bits of nanoseconds. */
  private static final long SECONDS_MAX = 9_000_000_000L;

  private final TextCursor cursor = new TextCursor();
  private final SharedWords words = new SharedWords("");

  /** What a trace of all events begins with: more lines than the head of an input has. */
  private static final Pattern FIRST_OF_ALL =
      Pattern.compile("(?:object_(?:class_)?dynamic_cast|lockcnt_|qemu_mutex_|qemu_cond_)\\w*+");

  /** A message of QEMU itself, not of its trace. */
  private static final Pattern MESSAGE =
      Pattern.compile("(?:[0-9T:.Z-]{20,30} )?(?:qemu|kvm)[\\w.-]*+: .*");

  @Override
  public String format() {
    return "qemu-log";
  }

  @Override
  public boolean recognises(String name, List<String> head) {
    return head.stream()
        .map(LINE::matcher)
        .anyMatch(line ->
            line.matches()
                && (line.group("tid") != null
                    || FIRST_OF_ALL.matcher(line.group("event")).matches()
                    || QemuEvents.isKnown(line.group("event"), line.group("args"))));
  }

  @Override
  public Teller teller() {
    return Teller.QEMU;
  }

  @Override
  public Happenings open(InputLines lines, Capture capture) {
    return () -> next(lines);
  }

  private @Nullable QemuLine next(InputLines lines) {
    for (Line line = lines.next(); line != null; line = lines.next()) {
      if (!line.ended()) {
        lines.notUnderstood(line, "last line, which is cut");
        continue;
      }
      try {
        QemuLine quick = quick(line, lines);
        QemuLine parsed = quick == null ? parse(line, lines) : quick;
        if (parsed != null) {
          return parsed;
        }
      } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
        lines.notUnderstood(line, "number out of range");
      }
    }
    return null;
  }

  /** A line of the usual form {@code TID@SEC.USEC:} that is understood; null for any other. */
  private @Nullable QemuLine quick(Line line, InputLines lines) {
    line.show(cursor);
    int thread = (int) cursor.decimal(NUMBER_DIGITS);
    long seconds = cursor.text("@").decimal(NUMBER_DIGITS + 1);
    int fraction = cursor.text(".").mark();
    long micros = cursor.decimal(MICRO_DIGITS);
    boolean exact = cursor.mark() - fraction == MICRO_DIGITS && seconds < SECONDS_MAX;
    int name = cursor.text(":").mark();
    if (!exact || !cursor.word().isOk() || cursor.peek() != ' ') {
      return null;
    }
    String event = words.since(cursor, name);
    cursor.skip(1);
    int arguments = cursor.mark();
    QemuEvents.Parsed access = QemuEvents.access(event, cursor, words);
    if (access == null) {
      cursor.reset(arguments);
    }
    QemuEvents.Parsed parsed = access == null ? QemuEvents.parse(event, cursor.rest()) : access;
    return parsed == null
        ? null
        : new QemuLine(
            lines.source(line),
            seconds * 1_000_000_000 + micros * 1_000,
            thread,
            parsed.vcpu(),
            parsed.opensRead(),
            parsed.event());
  }

  private static @Nullable QemuLine parse(Line line, InputLines lines) {
    Matcher match = LINE.matcher(line.text());
    if (MESSAGE.matcher(line.text()).matches() || !match.matches()) {
      lines.notUnderstood(line, line.text().isBlank() ? "blank line" : "text");
      return null;
    }
    String event = match.group("event");
    QemuEvents.Parsed parsed = QemuEvents.parse(event, match.group("args"));
    if (parsed == null) {
      boolean known = QemuEvents.isKnown(event, match.group("args"));
      lines.notUnderstood(line, known ? event + " with other arguments" : event);
      return null;
    }
    String thread = match.group("tid");
    return new QemuLine(
        lines.source(line),
        time(match),
        thread == null ? QemuLine.UNNAMED : Numbers.small(thread),
        parsed.vcpu(),
        parsed.opensRead(),
        parsed.event());
  }

  private static @Nullable Long time(Matcher match) {
    String seconds = match.group("time");
    if (seconds != null) {
      return Numbers.nanosOfSeconds(seconds);
    }
    String iso = match.group("iso");
    if (iso == null) {
      return null;
    }
    Instant instant = Instant.parse(iso);
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }
}
