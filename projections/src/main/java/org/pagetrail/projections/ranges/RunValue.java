package org.pagetrail.projections.ranges;

/**
 * What holds for every page of a run, and what counts up along it.
 *
 * @param <V> the value's own type
 */
public interface RunValue<V extends RunValue<V>> {

  /** The value as it reads {@code pages} pages further into the run. */
  V from(long pages);
}
