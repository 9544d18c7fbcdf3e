package org.pagetrail.kvm.conform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One line of a table: {@code BACKING RO|RW [L] SEQUENCE :: STEP STEP ...}.
 *
 * @param backing what stands behind the slot
 * @param readOnly whether the slot is read-only
 * @param logged whether the slot starts with dirty logging
 * @param sequence the operations, one letter each
 * @param steps what each of them came to; none if the set-up failed
 * @param failure why there are no steps, or no more of them; empty if nothing failed
 */
public record TableLine(
    String backing,
    boolean readOnly,
    boolean logged,
    String sequence,
    List<String> steps,
    String failure) {
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final Pattern SPACES = Pattern.compile("\\s+");

  /** Copies the list. */
  public TableLine {
    steps = List.copyOf(steps);
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is no line of a table; the message says why
   */
  public static TableLine parse(String line) {
    String text = line.strip();
    if (text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(1).strip();
    }
    int separator = text.indexOf("::");
    if (separator < 0) {
      throw new IllegalArgumentException("no \" :: \" between scenario and steps");
    }
    List<String> head = words(text.substring(0, separator));
    boolean logged = head.size() == 4 && head.get(2).equals("L");
    if (head.size() != 3 && !logged) {
      throw new IllegalArgumentException(
          "\""
              + String.join(" ", head)
              + "\" before \" :: \" instead of BACKING RO|RW [L] SEQUENCE");
    }
    boolean readOnly = head.get(1).equals("RO");
    if (!readOnly && !head.get(1).equals("RW")) {
      throw new IllegalArgumentException("\"" + head.get(1) + "\" is neither RO nor RW");
    }
    List<String> tail = words(text.substring(separator + 2));
    List<String> steps = tail.stream().takeWhile(word -> word.endsWith("]")).toList();
    String rest = String.join(" ", tail.subList(steps.size(), tail.size()));
    return new TableLine(head.getFirst(), readOnly, logged, head.getLast(), steps, rest);
  }

  private static List<String> words(String text) {
    return Arrays.stream(SPACES.split(text.strip(), -1)).filter(word -> !word.isEmpty()).toList();
  }

  /** The scenario's name: everything before the separator. */
  public String scenario() {
    List<String> words = new ArrayList<>(List.of(backing, readOnly ? "RO" : "RW"));
    if (logged) {
      words.add("L");
    }
    words.add(sequence);
    return String.join(" ", words);
  }

  /** The line as a table has it, with these steps, or with the one failure of the set-up. */
  public String row(List<String> outcomes) {
    return String.join(" ", backing, readOnly ? "RO" : "RW", logged ? "L" : "", sequence, "::")
        + " "
        + String.join(" ", outcomes);
  }
}
