package org.pagetrail.simulation.minimize;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.kvm.model.KernelModel;

/**
 * Finds the smallest part of a recording that still shows where two kernels part, or a finding: the
 * causal slice first, then delta debugging.
 */
public final class Minimizer {
  private final Trail recorded;
  private final Quarry quarry;
  private final Part part;
  private long tried;

  private Minimizer(Trail recorded, Quarry quarry) {
    this.recorded = recorded;
    this.quarry = quarry;
    this.part = new Part(recorded, quarry.last());
  }

  /** The part at which two kernels part, or null if they decide every recorded fault alike. */
  public static @Nullable Minimized minimize(Trail recorded, KernelModel left, KernelModel right) {
    Parting parting = Parting.of(recorded, left, right);
    return parting == null
        ? null
        : new Minimized(new Minimizer(recorded, parting).run(), parting.left(), parting.right());
  }

  /**
   * The part in which something is found, or null if it is not found under the kernel.
   *
   * @param evidence the entries of a run that show it, none if it is not found there
   */
  public static @Nullable SmallPart minimize(
      Trail recorded, KernelModel kernel, Function<Trail, List<Long>> evidence) {
    Found found = Found.of(recorded, kernel, evidence);
    return found == null ? null : new Minimizer(recorded, found).run();
  }

  /**
   * The part in which something is found as it was recorded, or null if it is not found.
   *
   * @param evidence the entries of a run that show it, none if it is not found there
   */
  public static @Nullable SmallPart minimize(Trail recorded, Function<Trail, List<Long>> evidence) {
    Observed found = Observed.of(recorded, evidence);
    return found == null ? null : new Minimizer(recorded, found).run();
  }

  private SmallPart run() {
    List<Long> all = part.stimuli();
    List<Long> slice = slice(all);
    List<Long> kept = DeltaDebugging.minimal(start(all, slice), this::isShown);
    return new SmallPart(
        part.trailOf(kept),
        kept.stream().map(recorded::at).toList(),
        recorded.size(),
        all.size(),
        slice.size(),
        tried);
  }

  /** Of what is rested on the stimuli; the handling of a fault is that of the fault. */
  private List<Long> slice(List<Long> all) {
    NavigableSet<Long> stimuli = new TreeSet<>(all);
    NavigableSet<Long> slice = new TreeSet<>();
    for (long seq : quarry.slice()) {
      Long stimulus = stimuli.floor(seq);
      if (stimulus != null) {
        slice.add(stimulus);
      }
    }
    return List.copyOf(slice);
  }

  /** The slice; or it and the facts, where the causes do not name all; or everything. */
  private List<Long> start(List<Long> all, List<Long> slice) {
    if (isShown(slice)) {
      return slice;
    }
    NavigableSet<Long> more = new TreeSet<>(slice);
    all.stream().filter(this::isFact).forEach(more::add);
    List<Long> facts = List.copyOf(more);
    return isShown(facts) ? facts : all;
  }

  /** What a fault rests on without other accesses: the host's facts, the memslots. */
  private boolean isFact(long seq) {
    return switch (recorded.at(seq).event()) {
      case HostEvent _, MemslotSet _, RamBlockAllocated _ -> true;
      default -> false;
    };
  }

  private boolean isShown(List<Long> stimuli) {
    tried++;
    return quarry.isShownBy(part.trailOf(stimuli));
  }
}
