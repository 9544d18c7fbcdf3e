package org.pagetrail.traceimport.ftrace;

import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.input.TextCursor;

/**
 * What stands before the event in the usual form of a line, {@code COMMAND-TID [CPU] flags
 * SECONDS.FRACTION: }. It finds what the pattern of {@link FtraceReader} finds, or nothing.
 */
final class LineHead {
  private static final int NANO_DIGITS = 9;

  private int thread;
  private long timeNanos;

  /** The id of the thread. */
  int thread() {
    return thread;
  }

  /** The time. */
  @Nullable Long timeNanos() {
    return timeNanos;
  }

  /** Reads up to the event's name; false if the line has another form. */
  boolean read(TextCursor in) {
    int first = in.peek();
    if (first == '#' || first == 'C') {
      // A comment, or a line about a processor.
      return false;
    }
    while (in.upTo('-').isOk()) {
      in.skip(1);
      int behind = in.mark();
      if (thread(in) && processor(in)) {
        return time(in);
      }
      in.reset(behind);
    }
    return false;
  }

  private boolean thread(TextCursor in) {
    thread = (int) in.decimal(NANO_DIGITS);
    return in.isOk() && in.peek() == ' ';
  }

  private static boolean processor(TextCursor in) {
    int from = in.blanks().text("[").mark();
    in.decimal(5);
    boolean digits = in.mark() - from >= 3;
    return digits && in.text("]").isOk() && in.peek() == ' ';
  }

  private boolean time(TextCursor in) {
    int first = in.blanks().peek();
    if (first < '0' || first > '9') {
      int from = in.mark();
      in.token();
      int length = in.mark() - from;
      if (length < 4 || length > 8 || in.blanks().peek() < '0') {
        return false;
      }
    }
    long seconds = in.decimal(NANO_DIGITS);
    int fraction = in.text(".").mark();
    long nanos = in.decimal(NANO_DIGITS);
    for (int digits = in.mark() - fraction; digits < NANO_DIGITS; digits++) {
      nanos *= 10;
    }
    timeNanos = seconds * 1_000_000_000 + nanos;
    return in.text(": ").blanks().isOk();
  }
}
