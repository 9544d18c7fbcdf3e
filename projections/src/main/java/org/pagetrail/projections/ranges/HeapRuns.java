package org.pagetrail.projections.ranges;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs in a tree on the heap. */
final class HeapRuns<V extends RunValue<V>> implements RunStore<V> {
  private final NavigableMap<Long, Run<V>> runs;

  HeapRuns() {
    this(new TreeMap<>());
  }

  private HeapRuns(NavigableMap<Long, Run<V>> runs) {
    this.runs = runs;
  }

  @Override
  public @Nullable Run<V> holding(long page) {
    Map.Entry<Long, Run<V>> floor = runs.floorEntry(page);
    return floor != null && page < floor.getValue().end() ? floor.getValue() : null;
  }

  @Override
  public long nextStart(long page, long end) {
    Long next = runs.higherKey(page);
    return next == null ? end : Math.min(next, end);
  }

  @Override
  public List<Run<V>> startingBetween(long page, long end) {
    return List.copyOf(runs.subMap(page, false, end, false).values());
  }

  @Override
  public Collection<Run<V>> all() {
    return Collections.unmodifiableCollection(runs.values());
  }

  @Override
  public boolean isEmpty() {
    return runs.isEmpty();
  }

  @Override
  public void remove(Run<V> run) {
    runs.remove(run.first());
  }

  @Override
  public void insert(Run<V> run) {
    runs.put(run.first(), run);
  }

  @Override
  public RunStore<V> fork() {
    return new HeapRuns<>(new TreeMap<>(runs));
  }
}
