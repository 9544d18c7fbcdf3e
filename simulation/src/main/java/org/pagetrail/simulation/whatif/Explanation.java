package org.pagetrail.simulation.whatif;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;

/**
 * Puts the model's rules beside what a trace recorded: where the kernel under its own rules decides
 * a recorded fault as the trace has it, each recorded step of the fault gets the rule of the same
 * step of the model. The steps stay observed; the rule says why.
 */
public final class Explanation {
  private Explanation() {}

  /** The recording with rules on the faults that {@code replay} decides alike. */
  public static Trail of(Trail recorded, Replay replay) {
    Map<Long, Citation> rules = new HashMap<>();
    List<FaultComparison> faults = replay.faults();
    for (int i = 0; i < faults.size(); i++) {
      FaultComparison fault = faults.get(i);
      if (fault.agrees()) {
        long end = i + 1 < faults.size() ? faults.get(i + 1).replaySeq() : replay.trail().size();
        explain(recorded, fault, replay.trail(), end, rules);
      }
    }
    Trail explained = new Trail();
    for (TrailEntry entry : recorded.entries()) {
      explained.add(with(entry, rules.get(entry.seq())));
    }
    return explained;
  }

  /** The n-th recorded event of a type in the fault goes with the n-th derived one. */
  private static void explain(
      Trail recorded,
      FaultComparison fault,
      Trail replay,
      long replayEnd,
      Map<Long, Citation> rules) {
    Map<Class<? extends Event>, List<Citation>> derived = new HashMap<>();
    for (long seq = fault.replaySeq(); seq < replayEnd; seq++) {
      TrailEntry entry = replay.at(seq);
      if (entry.rule() != null && entry.source() == null) {
        derived.computeIfAbsent(entry.event().getClass(), _ -> new ArrayList<>()).add(entry.rule());
      }
    }
    Map<Class<? extends Event>, Integer> used = new HashMap<>();
    RecordedFault handling = RecordedFault.at(recorded, fault.recordedSeq());
    for (long seq = fault.recordedSeq(); seq <= handling.end(); seq++) {
      Class<? extends Event> type = recorded.at(seq).event().getClass();
      List<Citation> candidates = derived.getOrDefault(type, List.of());
      int next = used.merge(type, 1, Integer::sum) - 1;
      if (next < candidates.size()) {
        rules.put(seq, candidates.get(next));
      }
    }
  }

  private static TrailEntry with(TrailEntry entry, @Nullable Citation rule) {
    return rule == null || entry.rule() != null
        ? entry
        : new TrailEntry(
            entry.seq(),
            entry.timeNanos(),
            entry.standing(),
            entry.event(),
            entry.causes(),
            rule,
            entry.source());
  }
}
