package org.pagetrail.simulation.whatif;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.run.RunStores;
import org.pagetrail.simulation.NotModelled;
import org.pagetrail.simulation.whatif.Replay.Departure;

/**
 * Replays the stimuli of a recorded run under another kernel. What is a stimulus and what is a
 * consequence stands in docs/decisions/0003-stimuli-and-consequences.md.
 */
public final class WhatIf {
  private WhatIf() {}

  /**
   * The recorded run under {@code kernel}.
   *
   * @throws NotModelled if the kernel is of another architecture than the recording
   */
  public static Replay replay(Trail recorded, KernelModel kernel) {
    Survey survey = Survey.of(recorded.entries());
    survey.requireArchOf(kernel);
    if (survey.scenario() != null) {
      return ScenarioReplay.of(recorded, survey.scenario(), kernel);
    }
    Trail replay = new Trail();
    List<FaultComparison> faults = new ArrayList<>();
    Origins origins = new Origins();
    KernelRun run = KernelRun.of(survey, kernel, null, null);
    FaultWindow window =
        new FaultWindow((entry, fault) -> {
          long first = replay.size();
          run.take(entry, fault);
          run.entries().forEach(replay::add);
          if (run.fault() != null) {
            faults.add(run.fault());
          }
          if (replay.size() > first) {
            origins.note(first, entry.seq());
          }
        });
    recorded.entries().forEach(window::read);
    window.end();
    return new Replay(replay, faults, run.exitsGone(), run.left(), run.state(), origins);
  }

  /**
   * The same of a recording of any length: the entries of the replay while they are asked for.
   *
   * @param survey of the same recording
   * @param stores where the state is kept; null for the heap
   * @param watcher sees the recording beside the replay
   * @throws NotModelled if the kernel is of another architecture than the recording
   */
  public static Running running(
      Iterator<TrailEntry> recorded,
      Survey survey,
      KernelModel kernel,
      @Nullable RunStores stores,
      Watcher watcher) {
    survey.requireArchOf(kernel);
    if (survey.scenario() == null) {
      return new RunningReplay(recorded, KernelRun.of(survey, kernel, null, stores), watcher);
    }
    Trail whole = new Trail();
    recorded.forEachRemaining(entry -> {
      whole.add(entry);
      watcher.recorded(entry);
    });
    Replay replay = ScenarioReplay.of(whole, survey.scenario(), kernel);
    replay.faults().forEach(watcher::compared);
    return new FinishedReplay(replay);
  }

  /** Sees the recording while it is replayed. */
  public interface Watcher {
    /** An entry of the recording, before what it makes happen. */
    default void recorded(TrailEntry entry) {}

    /** A recorded fault beside the model's outcome. */
    default void compared(FaultComparison fault) {}
  }

  /** A replay that goes on while its entries are asked for. */
  public interface Running extends Iterator<TrailEntry> {
    /** How many recorded exits no longer happened so far. */
    long exitsGone();

    /** Where the guest would have left the recording, null if it did not so far. */
    @Nullable Departure left();

    /** The model's state after what was asked for. */
    KvmState state();
  }
}
