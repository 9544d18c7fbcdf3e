package org.pagetrail.simulation.whatif;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.GuestEvent;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.simulation.scenario.Scenario;
import org.pagetrail.simulation.scenario.ScenarioTrail;

/**
 * A trail that was made of a scenario, under another kernel: the scenario is played again, so that
 * nothing of the run is beyond the trail.
 */
final class ScenarioReplay {
  private final Trail recorded;
  private final Trail replayed;
  private final List<FaultComparison> faults = new ArrayList<>();

  private ScenarioReplay(Trail recorded, Trail replayed) {
    this.recorded = recorded;
    this.replayed = replayed;
  }

  static Replay of(Trail recorded, Scenario scenario, KernelModel kernel) {
    ScenarioTrail.Played played = ScenarioTrail.play(kernel, scenario.host(), scenario.line());
    ScenarioReplay replay = new ScenarioReplay(recorded, played.trail());
    Origins origins = new Origins();
    origins.note(1, scenario.begin());
    int steps = Math.min(scenario.steps().size(), played.steps().size());
    for (int i = 0; i < steps; i++) {
      origins.note(played.steps().get(i), scenario.steps().get(i));
      replay.compare(
          scenario.steps().get(i),
          end(scenario.steps(), i, recorded),
          played.steps().get(i),
          end(played.steps(), i, played.trail()));
    }
    return new Replay(played.trail(), replay.faults, 0, null, played.end(), origins);
  }

  private static long end(List<Long> steps, int step, Trail trail) {
    return step + 1 < steps.size() ? steps.get(step + 1) : trail.size();
  }

  /** The faults of one operation, the first beside the first. */
  private void compare(long from, long end, long replayFrom, long replayEnd) {
    List<Long> before = faultsIn(recorded, from, end);
    List<Long> after = faultsIn(replayed, replayFrom, replayEnd);
    for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
      Long was = i < before.size() ? before.get(i) : null;
      Long is = i < after.size() ? after.get(i) : null;
      Trail told = was == null ? replayed : recorded;
      TrailEntry fault = told.at(was != null ? was : is == null ? from : is);
      if (fault.event() instanceof Stage2Faulted event) {
        long at = is == null ? replayFrom : is;
        faults.add(
            new FaultComparison(
                was == null ? from : was,
                null,
                event.gpa(),
                outcome(recorded, was, next(before, i, end)),
                outcome(replayed, is, next(after, i, replayEnd)),
                rule(at, next(after, i, replayEnd)),
                at));
      }
    }
  }

  private static long next(List<Long> faults, int index, long end) {
    return index + 1 < faults.size() ? faults.get(index + 1) : end;
  }

  private static List<Long> faultsIn(Trail trail, long from, long end) {
    List<Long> found = new ArrayList<>();
    for (long seq = from; seq < end; seq++) {
      if (trail.at(seq).event() instanceof Stage2Faulted) {
        found.add(seq);
      }
    }
    return found;
  }

  private static FaultOutcome outcome(Trail trail, @Nullable Long fault, long end) {
    if (fault == null) {
      return new FaultOutcome.Direct();
    }
    return FaultOutcomes.of(
        trail.entries().subList((int) (long) fault + 1, (int) end).stream()
            .map(TrailEntry::event)
            .toList());
  }

  /** The last rule that KVM followed. */
  private String rule(long from, long end) {
    return FaultRule.of(
        replayed.entries().subList((int) from, (int) end).stream()
            .filter(entry -> !(entry.event() instanceof GuestEvent))
            .toList(),
        new FaultOutcome.Retry(),
        new FaultOutcome.Retry());
  }
}
