package org.pagetrail.projections.ranges;

/**
 * Pages that follow each other and share a value.
 *
 * @param first the number of the first page: gfn, pfn, or host address divided by the page size
 * @param pages how many, at least 1
 * @param value what holds, as it reads at the first page
 */
public record Run<V extends RunValue<V>>(long first, long pages, V value) {

  /** Rejects empty runs and page numbers that no 64-bit address has. */
  public Run {
    if (first < 0 || pages < 1 || first + pages > 1L << 52) {
      throw new IllegalArgumentException("pages " + first + " + " + pages + " are no run");
    }
  }

  /** The page after the last one. */
  public long end() {
    return first + pages;
  }

  /** The value at one page of the run. */
  public V at(long page) {
    return value.from(page - first);
  }

  /** The part of the run within {@code [from, to)}, which must overlap it. */
  public Run<V> clip(long from, long to) {
    long start = Math.max(first, from);
    long stop = Math.min(end(), to);
    return start == first && stop == end() ? this : new Run<>(start, stop - start, at(start));
  }
}
