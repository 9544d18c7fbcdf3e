package org.pagetrail.simulation.whatif;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.simulation.whatif.Replay.Departure;

/** A replay that reads its recording as far as it is asked for. */
final class RunningReplay implements WhatIf.Running {
  private final Iterator<TrailEntry> recorded;
  private final KernelRun run;
  private final WhatIf.Watcher watcher;
  private final FaultWindow window = new FaultWindow(this::take);
  private final Deque<TrailEntry> ready = new ArrayDeque<>();
  private boolean ended;

  RunningReplay(Iterator<TrailEntry> recorded, KernelRun run, WhatIf.Watcher watcher) {
    this.recorded = recorded;
    this.run = run;
    this.watcher = watcher;
  }

  private void take(TrailEntry entry, @Nullable RecordedFault handling) {
    watcher.recorded(entry);
    run.take(entry, handling);
    ready.addAll(run.entries());
    FaultComparison fault = run.fault();
    if (fault != null) {
      watcher.compared(fault);
    }
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !ended) {
      if (recorded.hasNext()) {
        window.read(recorded.next());
      } else {
        window.end();
        ended = true;
      }
    }
    return !ready.isEmpty();
  }

  @Override
  public TrailEntry next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the replay is at its end");
    }
    return ready.remove();
  }

  @Override
  public long exitsGone() {
    return run.exitsGone();
  }

  @Override
  public @Nullable Departure left() {
    return run.left();
  }

  @Override
  public KvmState state() {
    return run.state();
  }
}
