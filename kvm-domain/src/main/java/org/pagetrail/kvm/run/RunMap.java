package org.pagetrail.kvm.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * An immutable map from page numbers to values, kept as runs. A change costs time in proportion to
 * the runs it touches; the map before the change stays valid. Neighbours that continue each other
 * are one run, so that equal content means equal maps.
 *
 * @param <V> what pages have; cut by {@link Sliced#after}
 */
public final class RunMap<V extends Sliced<V>> {
  private final TreePMap<Long, Run<V>> runs;

  private RunMap(TreePMap<Long, Run<V>> runs) {
    this.runs = runs;
  }

  /** The map of no page. */
  public static <V extends Sliced<V>> RunMap<V> empty() {
    return new RunMap<>(TreePMap.empty());
  }

  /** The value of a page, or null. */
  public @Nullable V at(long page) {
    Run<V> run = runAt(page);
    return run == null ? null : run.value().after(page - run.first());
  }

  /** The whole run that holds a page, or null. */
  public @Nullable Run<V> runAt(long page) {
    Map.Entry<Long, Run<V>> entry = runs.floorEntry(page);
    return entry != null && page < entry.getValue().end() ? entry.getValue() : null;
  }

  /** The first run that starts at or behind a page, or null. */
  public @Nullable Run<V> nextFrom(long page) {
    Map.Entry<Long, Run<V>> entry = runs.ceilingEntry(page);
    return entry == null ? null : entry.getValue();
  }

  /** The runs in {@code [first, first + count)}, ascending, cut to that range. */
  public List<Run<V>> in(long first, long count) {
    long end = first + count;
    List<Run<V>> found = new ArrayList<>();
    Run<V> head = runAt(first);
    if (head != null && count > 0) {
      found.add(head.clipped(first, end));
    }
    Run<V> next = nextFrom(head == null ? first : head.end());
    while (next != null && next.first() < end) {
      found.add(next.clipped(first, end));
      next = nextFrom(next.end());
    }
    return found;
  }

  /** All runs, ascending. */
  public List<Run<V>> all() {
    return List.copyOf(runs.values());
  }

  /** True if some page of the range has a value. */
  public boolean anyIn(long first, long count) {
    if (count <= 0) {
      return false;
    }
    Run<V> next = runAt(first) != null ? runAt(first) : nextFrom(first);
    return next != null && next.first() < first + count;
  }

  /** The map with {@code value} for {@code count} pages from {@code first} on. */
  public RunMap<V> with(long first, long count, V value) {
    if (count <= 0) {
      return this;
    }
    TreePMap<Long, Run<V>> map = without(first, count).runs;
    Run<V> run = new Run<>(first, count, value);
    Map.Entry<Long, Run<V>> before = map.lowerEntry(first);
    if (before != null && continues(before.getValue(), run)) {
      map = map.minus(before.getKey());
      run = joined(before.getValue(), run);
    }
    Run<V> next = map.get(first + count);
    if (next != null && continues(run, next)) {
      map = map.minus(next.first());
      run = joined(run, next);
    }
    return new RunMap<>(map.plus(run.first(), run));
  }

  /** The map without the pages of the range. */
  public RunMap<V> without(long first, long count) {
    long end = first + count;
    TreePMap<Long, Run<V>> map = runs;
    Run<V> run = count <= 0 ? null : runAt(first);
    if (run == null && count > 0) {
      run = nextFrom(first);
    }
    while (run != null && run.first() < end) {
      map = map.minus(run.first());
      if (run.first() < first) {
        map = map.plus(run.first(), run.clipped(run.first(), first));
      }
      if (run.end() > end) {
        map = map.plus(end, run.clipped(end, run.end()));
      }
      run = nextFrom(run.end());
    }
    return new RunMap<>(map);
  }

  /** The map with {@code change} applied to the runs in the range; pages without value stay so. */
  public RunMap<V> mapped(long first, long count, UnaryOperator<V> change) {
    RunMap<V> map = this;
    for (Run<V> run : in(first, count)) {
      V changed = change.apply(run.value());
      if (!changed.equals(run.value())) {
        map = map.with(run.first(), run.count(), changed);
      }
    }
    return map;
  }

  private static <V extends Sliced<V>> boolean continues(Run<V> before, Run<V> next) {
    return before.end() == next.first()
        && before.value().after(before.count()).equals(next.value());
  }

  private static <V extends Sliced<V>> Run<V> joined(Run<V> before, Run<V> next) {
    return new Run<>(before.first(), before.count() + next.count(), before.value());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RunMap<?> map && runs.equals(map.runs);
  }

  @Override
  public int hashCode() {
    return runs.hashCode();
  }

  @Override
  public String toString() {
    return runs.values().toString();
  }
}
