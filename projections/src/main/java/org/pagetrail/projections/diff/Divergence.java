package org.pagetrail.projections.diff;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.TrailEntry;

/**
 * Where two trails part after a stimulus that both have.
 *
 * @param stimulusLeft the last stimulus of the left trail that the right one has too, null before
 *     the first
 * @param stimulusRight the same stimulus in the right trail
 * @param left what the left trail has, null if it has nothing there
 * @param right what the right trail has, null if it has nothing there; one of the two is there
 */
public record Divergence(
    @Nullable TrailEntry stimulusLeft,
    @Nullable TrailEntry stimulusRight,
    @Nullable TrailEntry left,
    @Nullable TrailEntry right) {}
