package org.pagetrail.traceimport.simple;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.CaptureReader;
import org.pagetrail.traceimport.capture.DeclaredEvent;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.Line;

/**
 * Reads the file of QEMU's source that declares its trace events, {@code trace-events}, or {@code
 * trace-events-all} of a build. A line is the properties of an event, its name, its arguments and
 * their format. Before QEMU 2.8 the place of an event among them is its number in a file of the
 * simple backend; one with the property {@code tcg} is two events.
 */
public final class TraceEventsReader implements CaptureReader {
  private static final int LINE_CHARS_MAX = 4096;
  private static final String TCG = "tcg";
  private static final Set<String> PROPERTIES = Set.of("disable", TCG, "vcpu");
  private static final Set<String> STRING_TYPES = Set.of("char", "const char");
  private static final Pattern WORD = Pattern.compile("\\w{1,200}");
  private static final Pattern PIECE =
      Pattern.compile("\\s*(?:\"(?<text>(?:[^\"\\\\]|\\\\.)*+)\"|(?<macro>\\w++))\\s*");

  /** A macro of inttypes.h: the letter and how wide the number is. */
  private static final Pattern MACRO =
      Pattern.compile("PRI(?<type>[diouxX])(?<bits>8|16|32|64|PTR|MAX)");

  @Override
  public String format() {
    return "trace-events";
  }

  @Override
  public boolean recognises(String name, List<String> head) {
    return head.stream()
        .filter(line -> !isComment(line))
        .findFirst()
        .filter(line -> line.indexOf('"') > 0 && !declared(line).isEmpty())
        .isPresent();
  }

  @Override
  public boolean isMissed() {
    return false;
  }

  @Override
  public void read(InputLines lines, Capture capture) {
    List<DeclaredEvent> events = capture.declaredEvents(lines.name());
    for (Line line = lines.next(); line != null; line = lines.next()) {
      if (!isComment(line.text())) {
        List<DeclaredEvent> declared = declared(line.text());
        if (declared.isEmpty()) {
          lines.notUnderstood(line, "declaration of an event");
        }
        events.addAll(declared);
      }
    }
  }

  private static boolean isComment(String line) {
    return line.isBlank() || line.stripLeading().startsWith("#");
  }

  /** The events of a line, none if it is no declaration. */
  private static List<DeclaredEvent> declared(String line) {
    int open = line.indexOf('(');
    int close = line.indexOf(')', Math.max(0, open));
    if (open < 0 || close < 0 || line.length() > LINE_CHARS_MAX) {
      return List.of();
    }
    List<String> words = List.of(line.substring(0, open).strip().split("\\s+", -1));
    List<String> properties = words.subList(0, words.size() - 1);
    String name = words.getLast();
    String rest = line.substring(close + 1).strip();
    if (!WORD.matcher(name).matches()
        || !PROPERTIES.containsAll(properties)
        || !(rest.isEmpty() || rest.startsWith("\""))) {
      return List.of();
    }
    if (properties.contains(TCG)) {
      return List.of(
          new DeclaredEvent(name + "_trans", null), new DeclaredEvent(name + "_exec", null));
    }
    String format = printf(rest);
    boolean fits =
        format != null
            && RecordFormat.of(format).strings().equals(strings(line.substring(open + 1, close)));
    return List.of(new DeclaredEvent(name, fits ? format : null));
  }

  /** For each argument whether it is a string. */
  private static List<Boolean> strings(String arguments) {
    String all = arguments.strip();
    return all.equals("void")
        ? List.of()
        : Arrays.stream(all.split(",", -1)).map(TraceEventsReader::isString).toList();
  }

  private static boolean isString(String argument) {
    int star = argument.indexOf('*');
    return star >= 0
        && star == argument.lastIndexOf('*')
        && STRING_TYPES.contains(argument.substring(0, star).strip());
  }

  /** The literals and macros of a format as one text; null if there is anything else. */
  private static @Nullable String printf(String text) {
    List<String> parts = new ArrayList<>();
    Matcher piece = PIECE.matcher(text);
    int from = 0;
    while (from < text.length()) {
      if (!piece.region(from, text.length()).lookingAt()) {
        return null;
      }
      from = piece.end();
      String literal = piece.group("text");
      String part = literal == null ? macro(piece.group("macro")) : unescaped(literal);
      if (part == null) {
        return null;
      }
      parts.add(part);
    }
    return String.join("", parts);
  }

  private static @Nullable String macro(String name) {
    Matcher match = MACRO.matcher(name);
    if (!match.matches()) {
      return null;
    }
    String length =
        switch (match.group("bits")) {
          case "8" -> "hh";
          case "16" -> "h";
          case "32" -> "";
          default -> "l";
        };
    return length + match.group("type");
  }

  private static String unescaped(String literal) {
    return literal.replace("\\\"", "\"").replace("\\n", "\n").replace("\\t", "\t");
  }
}
