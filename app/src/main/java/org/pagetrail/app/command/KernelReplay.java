package org.pagetrail.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.KernelChoice;
import org.pagetrail.app.cli.KernelName;
import org.pagetrail.app.cli.Recording;
import org.pagetrail.app.cli.RunningMoment;
import org.pagetrail.app.text.ReplayText;
import org.pagetrail.events.KvmEvent.Stage2Event;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.findings.FindingKind;
import org.pagetrail.projections.findings.FindingsProjection;
import org.pagetrail.projections.findings.FindingsState;
import org.pagetrail.simulation.whatif.FaultComparison;
import org.pagetrail.simulation.whatif.WhatIf;
import org.pagetrail.store.file.BulkWriter;
import org.pagetrail.store.fold.OffHeapStores;

/** A recording replayed under a kernel once, up to its end, and folded up to a moment. */
final class KernelReplay implements WhatIf.Watcher {
  private final Recording recording;
  private final KernelName name;
  private final RunningMoment moment;
  private final ReplayText.Tally tally = new ReplayText.Tally();
  private final ObservedFindings observed;
  private final WhatIf.Running running;
  private boolean momentPassed;
  private boolean stage2Seen;

  /**
   * A replay that has not begun.
   *
   * @param at the moment; null for the end
   * @param stores where the states are kept, which must stay open
   */
  KernelReplay(Recording recording, KernelName name, @Nullable String at, OffHeapStores stores) {
    this.recording = recording;
    this.name = name;
    this.moment = RunningMoment.of(at);
    this.observed = new ObservedFindings(stores);
    this.running =
        WhatIf.running(
            recording.entries().iterator(),
            recording.survey(),
            KernelChoice.of(name),
            stores,
            this);
  }

  @Override
  public void recorded(TrailEntry entry) {
    if (!momentPassed) {
      observed.see(entry);
    }
  }

  @Override
  public void compared(FaultComparison fault) {
    tally.accept(fault);
  }

  /** The next entry of the replay up to the moment, null if it is reached. */
  private @Nullable TrailEntry next() {
    while (running.hasNext()) {
      TrailEntry entry = running.next();
      stage2Seen |= entry.event() instanceof Stage2Event;
      if (moment.includes(entry)) {
        return entry;
      }
      momentPassed = true;
    }
    return null;
  }

  /** The entries up to the moment; asked to the last one, the replay is at its end. */
  Iterable<TrailEntry> entries() {
    return () ->
        new Iterator<>() {
          private @Nullable TrailEntry ahead = KernelReplay.this.next();

          @Override
          public boolean hasNext() {
            return ahead != null;
          }

          @Override
          public TrailEntry next() {
            TrailEntry entry = ahead;
            if (entry == null) {
              throw new NoSuchElementException("the replay is at its moment");
            }
            ahead = KernelReplay.this.next();
            return entry;
          }
        };
  }

  /** Writes the whole replay to a file. */
  void write(Path file, String run) {
    BulkWriter.write(file, run, running);
  }

  /** The last event that had happened by the moment. */
  long seq(PrintWriter err) {
    return moment.seq(err);
  }

  /** Whether any event of the whole replay is one of stage 2. */
  boolean isStage2Seen() {
    return stage2Seen;
  }

  /** The figures of the whole replay, whose findings at the moment are these. */
  ReplayText.Summary summary(FindingsState found) {
    List<FindingKind> missing = observed.missingIn(found.findings(), recording);
    return tally.summary(name, running.exitsGone(), running.left(), missing);
  }

  /** Folds the entries up to the moment. */
  FindingsState fold(OffHeapStores stores, PrintWriter err) {
    FindingsState found = new FindingsProjection(stores).fold(entries());
    moment.seq(err);
    return found;
  }
}
