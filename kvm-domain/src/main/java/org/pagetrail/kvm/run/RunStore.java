package org.pagetrail.kvm.run;

import org.jspecify.annotations.Nullable;

/**
 * Where an application keeps the runs of a {@link RunMap} that do not fit on the heap. It is
 * changed in place; runs never overlap, {@link RunMap} sees to that.
 *
 * @param <V> what pages have
 */
public interface RunStore<V extends Sliced<V>> {
  /** Page numbers that a store need not hold begin here. */
  long PAGES = 1L << 52;

  /** The whole run that holds a page, or null. */
  @Nullable Run<V> holding(long page);

  /** The first run that starts at or behind a page, or null. */
  @Nullable Run<V> nextFrom(long page);

  /** Takes a run out that is there. */
  void remove(Run<V> run);

  /** Puts a run where there is none. */
  void insert(Run<V> run);

  /** A copy that changes on its own. */
  RunStore<V> fork();
}
