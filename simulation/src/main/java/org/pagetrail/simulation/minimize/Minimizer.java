package org.pagetrail.simulation.minimize;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.simulation.whatif.FaultComparison;
import org.pagetrail.simulation.whatif.Replay;
import org.pagetrail.simulation.whatif.WhatIf;

/**
 * Finds the smallest part of a recording at which two kernels still part at the same fault in the
 * same way: the facts and memslots first, then delta debugging (ddmin, Zeller and Hildebrandt
 * 2002).
 */
public final class Minimizer {
  private final Trail recorded;
  private final KernelModel left;
  private final KernelModel right;
  private long tried;

  private Minimizer(Trail recorded, KernelModel left, KernelModel right) {
    this.recorded = recorded;
    this.left = left;
    this.right = right;
  }

  /** The part, or null if the kernels decide every recorded fault alike. */
  public static @Nullable Minimized minimize(Trail recorded, KernelModel left, KernelModel right) {
    return new Minimizer(recorded, left, right).run();
  }

  private record Parting(FaultComparison left, FaultComparison right) {
    boolean isLike(Parting other) {
      return left.gpa().equals(other.left.gpa())
          && left.derived().equals(other.left.derived())
          && right.derived().equals(other.right.derived());
    }
  }

  private @Nullable Minimized run() {
    Parting parting = parting(recorded);
    if (parting == null) {
      return null;
    }
    Part part = new Part(recorded, parting.left().recordedSeq());
    List<Long> all = part.stimuli();
    List<Long> facts = facts(all);
    List<Long> kept = minimal(part, shows(part, facts, parting) ? facts : all, parting);
    return new Minimized(
        part.trailOf(kept),
        kept.stream().map(recorded::at).toList(),
        recorded.size(),
        all.size(),
        tried,
        parting.left(),
        parting.right());
  }

  /** What the fault rests on without other accesses: the host's facts, the memslots, itself. */
  private List<Long> facts(List<Long> all) {
    return all.stream()
        .filter(seq ->
            switch (recorded.at(seq).event()) {
              case HostEvent _, MemslotSet _, RamBlockAllocated _ -> true;
              default -> seq.equals(all.getLast());
            })
        .toList();
  }

  private List<Long> minimal(Part part, List<Long> start, Parting parting) {
    List<Long> kept = start;
    int pieces = 2;
    while (!kept.isEmpty()) {
      int size = Math.max(1, (kept.size() + pieces - 1) / pieces);
      List<Long> smaller = null;
      for (int from = 0; from < kept.size() && smaller == null; from += size) {
        Set<Long> without = new HashSet<>(kept.subList(from, Math.min(kept.size(), from + size)));
        List<Long> rest = kept.stream().filter(seq -> !without.contains(seq)).toList();
        smaller = shows(part, rest, parting) ? rest : null;
      }
      if (smaller != null) {
        kept = smaller;
        pieces = Math.max(2, pieces - 1);
      } else if (size == 1) {
        break;
      } else {
        pieces = Math.min(kept.size(), 2 * pieces);
      }
    }
    return new ArrayList<>(kept);
  }

  private boolean shows(Part part, List<Long> stimuli, Parting wanted) {
    tried++;
    Parting found = parting(part.trailOf(stimuli));
    return found != null && found.isLike(wanted);
  }

  /** Where the kernels part first in a legal run; null if they do not. */
  private @Nullable Parting parting(Trail trail) {
    Replay one = WhatIf.replay(trail, left);
    Replay other = WhatIf.replay(trail, right);
    if (!isLegal(trail, one) || !isLegal(trail, other)) {
      return null;
    }
    for (int i = 0; i < Math.min(one.faults().size(), other.faults().size()); i++) {
      FaultComparison a = one.faults().get(i);
      FaultComparison b = other.faults().get(i);
      if (!a.derived().equals(b.derived())) {
        return new Parting(a, b);
      }
    }
    return null;
  }

  /** The model accepts each memslot that was accepted. */
  private static boolean isLegal(Trail trail, Replay replay) {
    return accepted(trail.entries()) == accepted(replay.trail().entries());
  }

  private static long accepted(List<TrailEntry> entries) {
    return entries.stream()
        .filter(entry -> entry.event() instanceof MemslotSet set && set.ret() == 0)
        .count();
  }
}
