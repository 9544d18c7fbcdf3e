package org.pagetrail.traceimport.strace;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.HappeningReader;
import org.pagetrail.traceimport.capture.Happenings;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.SystemCalls;
import org.pagetrail.traceimport.capture.Teller;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.Line;
import org.pagetrail.traceimport.input.Numbers;

/**
 * Reads the output of strace, with {@code -f}, {@code -t} to {@code -ttt}, {@code -r}, {@code -y},
 * {@code -Y}, {@code -i}, {@code -n}, {@code -k}, any {@code -X} and {@code -e kvm=vcpu} or
 * without; a call that strace interrupted is put together from its two lines. The time of a line is
 * that of the end of the call where it is known, by {@code -T} or the second line, else that of its
 * beginning. With {@code -ff} lines do not name their thread; the name of the file does.
 */
public final class StraceReader implements HappeningReader {
  /** Behind the time stand the number of the call and where it was made, with -n and -i. */
  private static final Pattern PREFIX =
      Pattern.compile(
          "(?:\\[pid +(?<bracketed>\\d{1,10})(?:<[^>]{0,64}>)?\\] "
              + "|(?<tid>\\d{1,10})(?:<[^>]{0,64}>)? +)?"
              + "(?:(?<day>\\d\\d:\\d\\d:\\d\\d)(?<fraction>\\.\\d{1,9})? "
              + "|(?<since1970>\\d{9,10}\\.\\d{1,9}) "
              + "| *(?<since>\\d{1,8}(?:\\.\\d{1,9})?) )?"
              + "(?:\\(\\+ +[0-9.]{1,18}\\) )?"
              + "(?:\\[ *\\d{1,6}\\] )?(?:\\[[0-9a-f?]{8,16}\\] )?");

  private static final Pattern CALL =
      Pattern.compile("(?<name>[a-z][a-z0-9_]*+)\\((?<arguments>.*)\\) += (?<result>.*)");
  private static final Pattern UNFINISHED =
      Pattern.compile("(?<name>[a-z][a-z0-9_]*+)\\((?<arguments>.*?),? ?<unfinished \\.\\.\\.>");
  private static final Pattern RESUMED =
      Pattern.compile("<\\.\\.\\. (?<name>[a-z][a-z0-9_]*+) resumed>,? ?(?<rest>.*)");
  private static final Pattern REMARK = Pattern.compile("(?:\\+\\+\\+|---) .*");

  private static final Pattern TYPICAL =
      Pattern.compile(
          ".*(?:ioctl\\(.*KVM_|(?:mmap|munmap|madvise|mprotect|brk|openat)\\(.*\\) += "
              + "|<unfinished \\.\\.\\.>$|<\\.\\.\\. \\w+ resumed>).*");

  /** What {@code strace -ff} puts behind the name of each file, which may be packed since. */
  private static final Pattern FILE_OF_THREAD =
      Pattern.compile(".*\\.(?<tid>\\d{1,9})(?:\\.[a-z]{2,3})?");

  /** A number and what it is called, as {@code -X verbose} prints both. */
  private static final Pattern NAMED =
      Pattern.compile("\\b(?:0x[0-9a-f]{1,16}|\\d{1,20}) /\\* (?<name>[A-Z][A-Z0-9_|]*) \\*/");

  private static final String CHAIN = " > ";
  private static final String UNRELATED = "calls that change no memory";

  private static final long NANOS_OF_DAY = 86_400_000_000_000L;

  /** What a thread was in when strace turned to another. */
  private record Open(String name, String arguments, @Nullable Long began) {}

  @Override
  public String format() {
    return "strace";
  }

  @Override
  public boolean isMissed() {
    return false;
  }

  @Override
  public boolean recognises(String name, List<String> head) {
    return head.stream()
        .anyMatch(line -> TYPICAL.matcher(line).matches() && PREFIX.matcher(line).lookingAt());
  }

  @Override
  public Teller teller() {
    return Teller.SYSTEM_CALLS;
  }

  @Override
  public Happenings open(InputLines lines, Capture capture) {
    Map<Integer, Open> open = new HashMap<>();
    SystemCalls calls = capture.systemCalls(lines.name());
    Deque<KernelLine> told = new ArrayDeque<>();
    Matcher file = FILE_OF_THREAD.matcher(lines.name());
    int thread = file.matches() ? Numbers.small(file.group("tid")) : 0;
    return () -> next(lines, thread, open, calls, told);
  }

  private static @Nullable KernelLine next(
      InputLines lines,
      int threadOfFile,
      Map<Integer, Open> open,
      SystemCalls calls,
      Deque<KernelLine> told) {
    while (told.isEmpty()) {
      Line line = lines.next();
      if (line == null) {
        return null;
      }
      if (!line.ended()) {
        lines.notUnderstood(line, "last line, which is cut");
        continue;
      }
      try {
        read(line, lines, threadOfFile, open, calls, told);
      } catch (IllegalArgumentException | ArithmeticException e) {
        lines.notUnderstood(line, "number out of range");
      }
    }
    return told.poll();
  }

  private static void read(
      Line line,
      InputLines lines,
      int threadOfFile,
      Map<Integer, Open> open,
      SystemCalls calls,
      Deque<KernelLine> told) {
    Matcher prefix = PREFIX.matcher(line.text());
    String text = prefix.lookingAt() ? line.text().substring(prefix.end()) : line.text();
    int thread = thread(prefix, threadOfFile);
    Long time = time(prefix, threadOfFile, calls);
    if (time != null) {
      calls.seen(thread, time);
    }
    Matcher unfinished = UNFINISHED.matcher(text);
    Matcher resumed = RESUMED.matcher(text);
    if (unfinished.matches()) {
      open.put(thread, new Open(unfinished.group("name"), unfinished.group("arguments"), time));
      return;
    }
    Open begun = resumed.matches() ? open.remove(thread) : null;
    if (resumed.matches()) {
      if (begun == null || !begun.name().equals(resumed.group("name"))) {
        lines.notUnderstood(line, "end of a call without its beginning");
        return;
      }
      text = begun.name() + "(" + joined(begun.arguments(), resumed.group("rest"));
    }
    Matcher call = CALL.matcher(NAMED.matcher(text).replaceAll("${name}"));
    if (!call.matches()) {
      boolean remark = REMARK.matcher(text).matches();
      if (remark) {
        lines.notUsed(line, "signals and ends of threads");
      } else if (line.text().startsWith(CHAIN)) {
        lines.notUsed(line, "callers of a call");
      } else {
        lines.notUnderstood(line, "text");
      }
      return;
    }
    String name = call.group("name");
    if (!CallMeaning.isOfMemory(name)) {
      lines.notUsed(line, UNRELATED);
      return;
    }
    Result result = Result.of(call.group("result"));
    List<KernelFact> facts = CallMeaning.of(name, call.group("arguments"), result);
    if (facts == null) {
      lines.notUnderstood(line, name + " with other arguments");
    } else if (facts.isEmpty()) {
      lines.notUsed(line, UNRELATED);
    }
    Long began = begun == null ? time : begun.began();
    Long ended = begun == null ? result.endNanos(time) : time;
    for (KernelFact fact : facts == null ? List.<KernelFact>of() : facts) {
      if (began != null && time != null && fact instanceof KernelFact.LeftToUserspace) {
        calls.add(new SystemCalls.Run(thread, began, ended));
      }
      calls.lastTold(time);
      Long when = ended == null ? time : ended;
      told.add(new KernelLine(lines.source(line), when, thread, KernelLine.NO_PROCESS, fact));
    }
  }

  private static String joined(String begun, String rest) {
    boolean closed = begun.isEmpty() || rest.startsWith(")");
    return closed ? begun + rest : begun + ", " + rest;
  }

  private static int thread(Matcher prefix, int threadOfFile) {
    String id = prefix.group("tid") == null ? prefix.group("bracketed") : prefix.group("tid");
    return id == null ? threadOfFile : Numbers.small(id);
  }

  /** The middle of what is printed so: digits are cut off, and the sum of all would be short. */
  private static long sinceLast(String seconds) {
    int dot = seconds.indexOf('.');
    int digits = dot < 0 ? 0 : seconds.length() - dot - 1;
    long unit = 1_000_000_000;
    for (int i = 0; i < digits; i++) {
      unit /= 10;
    }
    return Numbers.nanosOfSeconds(seconds) + unit / 2;
  }

  private static @Nullable Long time(Matcher prefix, int threadOfFile, SystemCalls calls) {
    String since1970 = prefix.group("since1970");
    if (since1970 != null) {
      calls.clock(SystemCalls.Clock.REALTIME);
      return Numbers.nanosOfSeconds(since1970);
    }
    String since = prefix.group("since");
    if (since != null) {
      // With -ff the line before may be in another file.
      boolean inOtherFile = threadOfFile != 0 && prefix.group("tid") == null;
      return inOtherFile ? null : calls.sinceFirst(sinceLast(since));
    }
    String day = prefix.group("day");
    if (day == null) {
      return null;
    }
    calls.clock(SystemCalls.Clock.TIME_OF_DAY);
    String fraction = prefix.group("fraction");
    long seconds =
        Long.parseLong(day.substring(0, 2)) * 3600
            + Long.parseLong(day.substring(3, 5)) * 60
            + Long.parseLong(day.substring(6));
    long time = Numbers.nanosOfSeconds(seconds + (fraction == null ? "" : fraction));
    Long before = calls.lastTold();
    long days = before == null ? 0 : Math.max(0, (before + NANOS_OF_DAY / 2 - time) / NANOS_OF_DAY);
    return time + days * NANOS_OF_DAY;
  }
}
