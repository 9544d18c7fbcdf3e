package org.pagetrail.traceimport.ftrace;

import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.input.TextCursor;

/**
 * What stands before the event of a line, in the forms that the kernel and its tools print:
 *
 * <ul>
 *   <li>{@code COMMAND-TID [CPU] flags SECONDS.FRACTION:} of ftrace and trace-cmd, with {@code
 *       (PROCESS)} before the processor or without, with the flags or without;
 *   <li>{@code COMMAND-TID CPUflags SECONDS.FRACTION:} of {@code trace-cmd report -l};
 *   <li>{@code COMMAND-TID CPUflags MICROSus+:} of ftrace's option latency-format;
 *   <li>{@code COMMAND TID [CPU] SECONDS.FRACTION: SYSTEM:} of perf script, also with {@code
 *       PROCESS/TID}, without command or processor, with misc or period;
 *   <li>a number without a dot in place of the time, where the clock counts something else.
 * </ul>
 *
 * The command may hold anything; the first number in it that all the rest follows is the thread.
 */
final class LineHead {
  /** Digits of a number that surely fits an int. */
  private static final int NUMBER_DIGITS = 9;

  private static final int NANO_DIGITS = 9;
  private static final int MICRO_DIGITS = 6;

  /** Nanoseconds of as many microseconds surely fit 64 bits. */
  private static final int MICROS_DIGITS = 15;

  private static final int COUNTER_DIGITS = 18;
  private static final int CPU_DIGITS = 5;
  private static final int FLAGS_MIN = 4;
  private static final int FLAGS_MAX = 8;

  private int thread;
  private int process;
  private @Nullable Long timeNanos;

  /** The id of the thread. */
  int thread() {
    return thread;
  }

  /** The id of its process, {@link KernelLine#NO_PROCESS} if the line does not have it. */
  int process() {
    return process;
  }

  /** The time; null where the clock counts something else. */
  @Nullable Long timeNanos() {
    return timeNanos;
  }

  /** Reads up to the event's name; false if the line has no such form. */
  boolean read(TextCursor in) {
    if (in.peek() == '#') {
      return false;
    }
    int before = ' ';
    for (int next = in.peek(); next >= 0; next = in.peek()) {
      if (isDigit(next) && (before == '-' || before == ' ')) {
        int number = in.mark();
        if (thread(in) && processor(in) && time(in)) {
          return true;
        }
        in.reset(number);
      }
      before = next;
      in.skip(1);
    }
    return false;
  }

  /** {@code TID}, {@code PROCESS/TID} or {@code TID (PROCESS)}, and the blanks behind it. */
  private boolean thread(TextCursor in) {
    process = KernelLine.NO_PROCESS;
    thread = (int) in.decimal(NUMBER_DIGITS);
    if (in.tryText("/")) {
      process = thread;
      thread = (int) in.decimal(NUMBER_DIGITS);
    }
    if (!in.isOk() || in.peek() != ' ') {
      return false;
    }
    if (in.blanks().tryText("(")) {
      if (isDigit(in.blanks().peek())) {
        process = (int) in.decimal(NUMBER_DIGITS);
      } else {
        while (in.tryText("-")) {
          // ftrace did not record the process.
        }
      }
      in.text(")").blanks();
    }
    return in.isOk();
  }

  /**
   * {@code [CPU]} with flags or without, {@code CPUflags}, or nothing; and the blanks behind it.
   */
  private static boolean processor(TextCursor in) {
    if (in.tryText("[")) {
      int from = in.mark();
      in.decimal(CPU_DIGITS);
      if (in.mark() - from < 3 || !in.text("]").isOk()) {
        return false;
      }
      if (isDigit(in.peek())) {
        // A counter as wide as the column, as of trace-cmd with the clock x86-tsc.
        return true;
      }
      return in.peek() == ' ' && (isDigit(in.blanks().peek()) || flags(in, 1));
    }
    int number = in.mark();
    in.decimal(COUNTER_DIGITS);
    if (!in.isOk()) {
      return false;
    }
    if (isTime(in)) {
      in.reset(number);
      return true;
    }
    return in.mark() - number < CPU_DIGITS && flags(in, FLAGS_MIN);
  }

  /** True behind the seconds of a time as perf prints it, which no other text has. */
  private static boolean isTime(TextCursor in) {
    boolean time = in.peek() == '.';
    for (int i = 1; i <= MICRO_DIGITS; i++) {
      time &= isDigit(in.peek(i));
    }
    return time;
  }

  private static boolean flags(TextCursor in, int lengthMin) {
    int from = in.mark();
    in.token();
    int length = in.mark() - from;
    return length >= lengthMin && length <= FLAGS_MAX && isDigit(in.blanks().peek());
  }

  private boolean time(TextCursor in) {
    int digits = in.mark();
    long whole = in.decimal(COUNTER_DIGITS);
    int length = in.mark() - digits;
    if (in.tryText(".")) {
      timeNanos = whole * 1_000_000_000 + nanos(in);
      in.text(":");
      return length <= NANO_DIGITS && behind(in);
    }
    if (in.tryText("us")) {
      timeNanos = whole * 1_000;
      // A blank, or a character for how long it took.
      in.skip(1).text(":");
      return length <= MICROS_DIGITS && behind(in);
    }
    timeNanos = null;
    in.text(":");
    return behind(in);
  }

  private static long nanos(TextCursor in) {
    int fraction = in.mark();
    long nanos = in.decimal(NANO_DIGITS);
    for (int digits = in.mark() - fraction; digits < NANO_DIGITS; digits++) {
      nanos *= 10;
    }
    return nanos;
  }

  /** The blanks between time and event, and perf's period if it stands there. */
  private static boolean behind(TextCursor in) {
    if (in.peek() != ' ' || !in.blanks().isOk()) {
      return false;
    }
    int period = in.mark();
    if (isDigit(in.peek())) {
      in.decimal(COUNTER_DIGITS);
      if (in.peek() == ' ') {
        in.blanks();
      } else {
        in.reset(period);
      }
    }
    return in.isOk();
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
