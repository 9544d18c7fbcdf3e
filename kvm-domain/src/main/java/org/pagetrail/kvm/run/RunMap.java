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
 * <p>A map may lie over a {@link RunStore}, which is changed in place: of such a map only what
 * changed since it was last {@link #settled} is on the heap. Settling makes all maps over the same
 * store invalid but the one that it returns. Maps over stores have no equality.
 *
 * @param <V> what pages have; cut by {@link Sliced#after}
 */
public final class RunMap<V extends Sliced<V>> {
  private final TreePMap<Long, Run<V>> runs;

  /** What lies below; null if everything is in {@code runs}. */
  private final @Nullable RunStore<V> store;

  /** Where {@code runs} hold and the store does not: the ends of ranges by their beginnings. */
  private final TreePMap<Long, Long> owned;

  private RunMap(
      TreePMap<Long, Run<V>> runs, @Nullable RunStore<V> store, TreePMap<Long, Long> owned) {
    this.runs = runs;
    this.store = store;
    this.owned = owned;
  }

  /** The map of no page. */
  public static <V extends Sliced<V>> RunMap<V> empty() {
    return new RunMap<>(TreePMap.empty(), null, TreePMap.empty());
  }

  /** The same map with all that it has on the heap moved into an empty store. */
  public RunMap<V> settledIn(RunStore<V> empty) {
    return new RunMap<>(runs, empty, TreePMap.<Long, Long>empty().plus(0L, RunStore.PAGES))
        .settled();
  }

  /** The same map with what changed put into the store below; itself if there is none. */
  public RunMap<V> settled() {
    if (store == null || owned.isEmpty()) {
      return this;
    }
    TreePMap<Long, Run<V>> left = TreePMap.empty();
    for (Map.Entry<Long, Long> range : owned.entrySet()) {
      long end = Math.min(range.getValue(), RunStore.PAGES);
      Run<V> gone = end <= range.getKey() ? null : store.nextFrom(range.getKey());
      while (gone != null && gone.first() < end) {
        store.remove(gone);
        gone = store.nextFrom(gone.end());
      }
    }
    for (Run<V> run : runs.values()) {
      if (run.first() >= 0 && run.end() <= RunStore.PAGES) {
        store.insert(run);
      } else {
        left = left.plus(run.first(), run);
      }
    }
    TreePMap<Long, Long> leftOwned = TreePMap.empty();
    for (Run<V> run : left.values()) {
      leftOwned = leftOwned.plus(run.first(), run.end());
    }
    return new RunMap<>(left, store, leftOwned);
  }

  /** A map that changes on its own also where it lies over a store. */
  public RunMap<V> forked() {
    return store == null ? this : new RunMap<>(runs, store.fork(), owned);
  }

  /** How many runs are on the heap. */
  public int sizeOnHeap() {
    return runs.size() + owned.size();
  }

  /** The value of a page, or null. */
  public @Nullable V at(long page) {
    Run<V> run = runAt(page);
    return run == null ? null : run.value().after(page - run.first());
  }

  /** The whole run that holds a page, or null. */
  public @Nullable Run<V> runAt(long page) {
    Map.Entry<Long, Run<V>> entry = runs.floorEntry(page);
    if (entry != null && page < entry.getValue().end()) {
      return entry.getValue();
    }
    return store == null || page < 0 || page >= RunStore.PAGES || isOwned(page)
        ? null
        : store.holding(page);
  }

  /** The first run that starts at or behind a page, or null. */
  public @Nullable Run<V> nextFrom(long page) {
    Map.Entry<Long, Run<V>> entry = runs.ceilingEntry(page);
    Run<V> own = entry == null ? null : entry.getValue();
    Run<V> below = store == null ? null : nextBelow(store, page);
    return below == null || (own != null && own.first() < below.first()) ? own : below;
  }

  /** The next run of the store that it still tells truly. */
  private @Nullable Run<V> nextBelow(RunStore<V> below, long page) {
    Run<V> next = below.nextFrom(Math.max(0, page));
    Map.Entry<Long, Long> over = next == null ? null : owned.floorEntry(next.first());
    while (next != null && over != null && next.first() < over.getValue()) {
      next = over.getValue() >= RunStore.PAGES ? null : below.nextFrom(over.getValue());
      over = next == null ? null : owned.floorEntry(next.first());
    }
    return next;
  }

  private boolean isOwned(long page) {
    Map.Entry<Long, Long> range = owned.floorEntry(page);
    return range != null && page < range.getValue();
  }

  /** The map with a run of the store taken up on the heap. */
  private RunMap<V> lifted(@Nullable Run<V> run) {
    return run == null || store == null || isOwned(run.first())
        ? this
        : new RunMap<>(runs.plus(run.first(), run), store, owning(run.first(), run.end()));
  }

  /** The map in which the store does not count in a range, at whose ends no run of it is cut. */
  private RunMap<V> claimed(long first, long end) {
    RunMap<V> map = lifted(runAt(first)).lifted(runAt(end - 1));
    return new RunMap<>(map.runs, map.store, map.owning(first, end));
  }

  private TreePMap<Long, Long> owning(long first, long end) {
    TreePMap<Long, Long> ranges = owned;
    long from = first;
    long to = end;
    Map.Entry<Long, Long> before = ranges.floorEntry(first);
    if (before != null && before.getValue() >= first) {
      if (before.getValue() >= end) {
        return ranges;
      }
      from = before.getKey();
    }
    Map.Entry<Long, Long> next = ranges.ceilingEntry(from);
    while (next != null && next.getKey() <= to) {
      to = Math.max(to, next.getValue());
      ranges = ranges.minus(next.getKey());
      next = ranges.ceilingEntry(from);
    }
    return ranges.plus(from, to);
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
    if (store == null) {
      return List.copyOf(runs.values());
    }
    List<Run<V>> found = new ArrayList<>();
    for (Run<V> run = nextFrom(0); run != null; run = nextFrom(run.end())) {
      found.add(run);
    }
    return found;
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
    RunMap<V> map = without(first, count);
    Run<V> run = new Run<>(first, count, value);
    Run<V> before = map.runAt(first - 1);
    if (before != null && continues(before, run)) {
      map = map.lifted(before);
      run = joined(before, run);
    }
    Run<V> next = map.runAt(first + count);
    TreePMap<Long, Run<V>> changed = map.runs;
    if (next != null && continues(run, next)) {
      map = map.lifted(next);
      changed = map.runs.minus(next.first());
      run = joined(run, next);
    }
    return new RunMap<>(changed.plus(run.first(), run), map.store, map.owned);
  }

  /** The map without the pages of the range. */
  public RunMap<V> without(long first, long count) {
    if (count <= 0) {
      return this;
    }
    long end = first + count;
    RunMap<V> cleared = store == null ? this : claimed(first, end);
    TreePMap<Long, Run<V>> map = cleared.runs;
    Map.Entry<Long, Run<V>> entry = map.floorEntry(first);
    if (entry == null || entry.getValue().end() <= first) {
      entry = map.ceilingEntry(first);
    }
    while (entry != null && entry.getKey() < end) {
      Run<V> run = entry.getValue();
      map = map.minus(run.first());
      if (run.first() < first) {
        map = map.plus(run.first(), run.clipped(run.first(), first));
      }
      if (run.end() > end) {
        map = map.plus(end, run.clipped(end, run.end()));
      }
      entry = map.ceilingEntry(run.end());
    }
    return new RunMap<>(map, cleared.store, cleared.owned);
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
    return other instanceof RunMap<?> map
        && store == null
        && map.store == null
        && runs.equals(map.runs);
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
