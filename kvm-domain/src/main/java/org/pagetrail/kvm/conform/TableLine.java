package org.pagetrail.kvm.conform;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of a table: {@code BACKING RO|RW [L] SEQUENCE :: STEP STEP ...}.
 *
 * @param backing what stands behind the slot
 * @param readOnly whether the slot is read-only
 * @param logged whether the slot starts with dirty logging
 * @param sequence the operations, one letter each
 * @param steps what each of them came to; empty if the set-up failed
 * @param setupFailure why there are no steps; empty if there are
 */
public record TableLine(
    String backing,
    boolean readOnly,
    boolean logged,
    String sequence,
    List<String> steps,
    String setupFailure) {

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
    int separator = line.indexOf(" :: ");
    if (separator < 0) {
      throw new IllegalArgumentException("no \" :: \" between scenario and steps");
    }
    String[] head = line.substring(0, separator).split(" ", -1);
    if (head.length != 4) {
      throw new IllegalArgumentException(
          head.length + " words before \" :: \" instead of BACKING RO|RW [L] SEQUENCE");
    }
    boolean readOnly = head[1].equals("RO");
    if (!readOnly && !head[1].equals("RW")) {
      throw new IllegalArgumentException("\"" + head[1] + "\" is neither RO nor RW");
    }
    String tail = line.substring(separator + 4);
    boolean failed = !tail.endsWith("]");
    List<String> steps = failed ? List.of() : List.of(tail.split(" ", -1));
    return new TableLine(
        head[0], readOnly, head[2].equals("L"), head[3], steps, failed ? tail : "");
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
}
