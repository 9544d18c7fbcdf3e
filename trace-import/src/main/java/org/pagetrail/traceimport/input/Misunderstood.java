package org.pagetrail.traceimport.input;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The lines of one input of which nothing came into the trail, counted by kind. */
public final class Misunderstood {
  /** How many kinds are told apart; an input can make up as many as it has lines. */
  static final int KINDS_MAX = 64;

  private static final String REST = "other kinds";

  /**
   * One kind of line.
   *
   * @param count how many there are
   * @param firstLine the first of them
   */
  public record Tally(long count, long firstLine) {
    private Tally plusOne() {
      return new Tally(count + 1, firstLine);
    }
  }

  private final Map<String, Tally> byKind = new LinkedHashMap<>();

  /** Counts a line. */
  public void add(String kind, long line) {
    String known = Printable.of(kind);
    if (!byKind.containsKey(known) && byKind.size() >= KINDS_MAX) {
      known = REST;
    }
    Tally before = byKind.get(known);
    byKind.put(known, before == null ? new Tally(1, line) : before.plusOne());
  }

  /** The kinds, in the order of their first line. */
  public Map<String, Tally> byKind() {
    return Collections.unmodifiableMap(byKind);
  }

  /** All lines together. */
  public long total() {
    return byKind.values().stream().mapToLong(Tally::count).sum();
  }
}
