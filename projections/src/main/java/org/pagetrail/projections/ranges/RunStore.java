package org.pagetrail.projections.ranges;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where {@link PageRuns} keeps its runs: on the heap, or where an application puts those of trails
 * that the heap cannot hold. Runs never overlap; {@link PageRuns} sees to that.
 */
public interface RunStore<V extends RunValue<V>> {

  /** An empty store on the heap. */
  static <V extends RunValue<V>> RunStore<V> onHeap() {
    return new HeapRuns<>();
  }

  /** The run that holds {@code page}, whole. */
  @Nullable Run<V> holding(long page);

  /** The first page behind {@code page} where a run begins, {@code end} if none does before it. */
  long nextStart(long page, long end);

  /** The runs that begin behind {@code page} and before {@code end}, ascending. */
  List<Run<V>> startingBetween(long page, long end);

  /** All runs, ascending, as a view. */
  Collection<Run<V>> all();

  /** True if there is no run. */
  boolean isEmpty();

  /** Takes a run out that is there. */
  void remove(Run<V> run);

  /** Puts a run where there is none. */
  void insert(Run<V> run);

  /** A copy that changes on its own. */
  RunStore<V> fork();
}
