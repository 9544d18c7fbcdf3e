package org.pagetrail.traceimport.ftrace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.ProbeMeaning;
import org.pagetrail.traceimport.input.CaptureFile;
import org.pagetrail.traceimport.input.ImportException;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.Line;
import org.pagetrail.traceimport.input.Refusal;

/**
 * A user's file that says what probes mean. A line is the event's name, its meaning, {@code return}
 * for a probe at a return, and {@code ARGUMENT=NAME} for each argument that the probe calls
 * otherwise; {@code #} begins a comment:
 *
 * <pre>
 * my_map      stage2-map         addr=ipa len=size pa=phys
 * my_map_end  stage2-map return
 * </pre>
 */
public final class ProbeFile {
  private static final String RETURN = "return";
  private static final long BYTES_MAX = 1 << 20;
  private static final long LINES_MAX = 10_000;

  private ProbeFile() {}

  /** The same of a file; see {@link #read(InputLines)}. */
  public static ProbeNames read(Path file) {
    try (InputLines lines = new CaptureFile(file.toString(), file, BYTES_MAX).open(LINES_MAX)) {
      return read(lines);
    } catch (IOException e) {
      throw new ImportException(
          file.toString(), "not readable", Refusal.reason(e), "check the file and its disk", e);
    }
  }

  /**
   * The names of a file, with those of the captures where it has no equal one.
   *
   * @throws ImportException if a line is none of these
   */
  public static ProbeNames read(InputLines lines) {
    ProbeNames names = ProbeNames.DEFAULT;
    for (Line line = lines.next(); line != null; line = lines.next()) {
      String text = line.text().replaceFirst("#.*", "").strip();
      if (!text.isEmpty()) {
        names = with(names, text.split("\\s+"), lines.name() + ":" + line.number());
      }
    }
    return names;
  }

  private static ProbeNames with(ProbeNames names, String[] words, String where) {
    ProbeMeaning meaning = words.length < 2 ? null : meaning(words[1]);
    if (meaning == null) {
      throw bad(
          where,
          words.length < 2 ? "an event without a meaning" : "no meaning is called " + words[1]);
    }
    boolean atReturn = false;
    Map<String, String> arguments = new TreeMap<>();
    for (String word : Arrays.copyOfRange(words, 2, words.length)) {
      int equals = word.indexOf('=');
      if (word.equals(RETURN)) {
        atReturn = true;
      } else if (equals > 0 && equals < word.length() - 1) {
        arguments.put(word.substring(0, equals), word.substring(equals + 1));
      } else {
        throw bad(where, word + " is neither " + RETURN + " nor ARGUMENT=NAME");
      }
    }
    return names.with(words[0], meaning, atReturn, arguments);
  }

  private static @Nullable ProbeMeaning meaning(String word) {
    for (ProbeMeaning meaning : ProbeMeaning.values()) {
      if (word(meaning).equals(word)) {
        return meaning;
      }
    }
    return null;
  }

  private static String word(ProbeMeaning meaning) {
    return meaning.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static ImportException bad(String where, String why) {
    String meanings =
        Arrays.stream(ProbeMeaning.values()).map(ProbeFile::word).collect(Collectors.joining(", "));
    return new ImportException(
        where,
        "names of probes not understood",
        why,
        "a line is EVENT MEANING [return] [ARGUMENT=NAME]..., with a meaning of " + meanings);
  }
}
