package org.pagetrail.projections;

import org.pagetrail.events.trail.TrailEntry;

/**
 * A fold over a trail: what is known after each entry.
 *
 * <p>A state may be a mutable structure behind this contract. {@link #apply} then changes the state
 * it was given and returns it, and the caller keeps only what was returned; a state that must
 * outlive the next entry is forked first, where its class offers that.
 *
 * @param <S> what is known
 */
public interface Projection<S> {

  /** What is known before the first entry; a new object each time if {@code S} is mutable. */
  S initial();

  /** What is known after {@code entry}; total, an entry that says nothing changes nothing. */
  S apply(S state, TrailEntry entry);

  /** Folds the entries in their order, starting from {@link #initial()}. */
  default S fold(Iterable<TrailEntry> entries) {
    S state = initial();
    for (TrailEntry entry : entries) {
      state = apply(state, entry);
    }
    return state;
  }
}
