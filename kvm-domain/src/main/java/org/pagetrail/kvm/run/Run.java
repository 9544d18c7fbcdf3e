package org.pagetrail.kvm.run;

/**
 * Pages next to each other that are alike.
 *
 * @param first number of the first page
 * @param count how many pages, at least 1
 * @param value what they have in common, seen from the first
 */
public record Run<V extends Sliced<V>>(long first, long count, V value) {

  /** Rejects an empty run. */
  public Run {
    if (count < 1) {
      throw new IllegalArgumentException("a run of " + count + " pages");
    }
  }

  /** The number of the page behind the last one. */
  public long end() {
    return first + count;
  }

  /** The part of the run that lies in {@code [from, to)}, which must share a page with it. */
  Run<V> clipped(long from, long to) {
    long start = Math.max(first, from);
    return new Run<>(start, Math.min(end(), to) - start, value.after(start - first));
  }
}
