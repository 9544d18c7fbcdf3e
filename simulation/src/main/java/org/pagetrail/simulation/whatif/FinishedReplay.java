package org.pagetrail.simulation.whatif;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.simulation.whatif.Replay.Departure;

/** A replay that is held as a whole. */
final class FinishedReplay implements WhatIf.Running {
  private final Replay replay;
  private final Iterator<TrailEntry> entries;

  FinishedReplay(Replay replay) {
    this.replay = replay;
    this.entries = replay.trail().entries().iterator();
  }

  @Override
  public boolean hasNext() {
    return entries.hasNext();
  }

  @Override
  public TrailEntry next() {
    return entries.next();
  }

  @Override
  public long exitsGone() {
    return replay.exitsGone();
  }

  @Override
  public @Nullable Departure left() {
    return replay.left();
  }

  @Override
  public KvmState state() {
    return replay.end();
  }
}
