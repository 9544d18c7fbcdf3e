package org.pagetrail.simulation.minimize;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pagetrail.events.KvmEvent.AbortHandled;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.simulation.scenario.Scenario;

/**
 * Takes parts of a recording: stimuli, each fault with the handling that was recorded, each
 * operation of a scenario with all that it made happen.
 */
final class Part {
  private final Trail recorded;
  private final Map<Long, Long> endOfFault = new HashMap<>();
  private final List<Long> stimuli = new ArrayList<>();

  /** The recording up to and including the fault at {@code last}. */
  Part(Trail recorded, long last) {
    this.recorded = recorded;
    boolean scenario = Scenario.of(recorded) != null;
    for (long seq = 0; seq <= last; seq++) {
      if (scenario) {
        addOperation(seq);
        continue;
      }
      if (recorded.at(seq).event() instanceof Stage2Faulted fault) {
        stimuli.add(seq);
        endOfFault.put(seq, end(seq, fault.vcpu()));
        seq = endOfFault.get(seq);
      } else if (!(recorded.at(seq).event() instanceof HostDescribed)) {
        stimuli.add(seq);
      }
    }
  }

  private void addOperation(long seq) {
    if (Scenario.isStimulus(recorded.at(seq))) {
      stimuli.add(seq);
      endOfFault.put(seq, seq);
    } else if (!stimuli.isEmpty()) {
      endOfFault.put(stimuli.getLast(), seq);
    }
  }

  /** The seqs of all that can be left out, in order; the description of the host always stays. */
  List<Long> stimuli() {
    return stimuli;
  }

  /** These stimuli as a trail of their own. */
  Trail trailOf(List<Long> kept) {
    BitSet in = new BitSet();
    for (long seq : kept) {
      in.set((int) seq, (int) (long) endOfFault.getOrDefault(seq, seq) + 1);
    }
    Map<Long, Long> places = new HashMap<>();
    Trail part = new Trail();
    for (TrailEntry entry : recorded.entries()) {
      if (in.get((int) entry.seq()) || entry.event() instanceof HostDescribed) {
        places.put(entry.seq(), part.size());
        part.add(
            new TrailEntry(
                part.size(),
                entry.timeNanos(),
                entry.standing(),
                entry.event(),
                entry.causes().stream().filter(places::containsKey).map(places::get).toList(),
                entry.rule(),
                entry.source()));
      }
    }
    return part;
  }

  private long end(long fault, int vcpu) {
    for (long seq = fault + 1; seq < recorded.size(); seq++) {
      switch (recorded.at(seq).event()) {
        case AbortHandled done when done.vcpu() == vcpu -> {
          return seq;
        }
        case Stage2Faulted next when next.vcpu() == vcpu -> {
          return fault;
        }
        default -> {}
      }
    }
    return fault;
  }
}
