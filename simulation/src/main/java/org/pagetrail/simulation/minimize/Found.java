package org.pagetrail.simulation.minimize;

import java.util.List;
import java.util.SortedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.simulation.whatif.Replay;

/** Something is found in what a kernel makes of a recording. */
final class Found implements Quarry {
  private final KernelModel kernel;
  private final Function<Trail, List<Long>> evidence;
  private final SortedSet<Long> slice;

  private Found(KernelModel kernel, Function<Trail, List<Long>> evidence, SortedSet<Long> slice) {
    this.kernel = kernel;
    this.evidence = evidence;
    this.slice = slice;
  }

  /**
   * The finding in a recording; null if it is not found.
   *
   * @param evidence the entries of a run that show it, none if it is not found there
   */
  static @Nullable Found of(
      Trail recorded, KernelModel kernel, Function<Trail, List<Long>> evidence) {
    Replay replay = LegalRun.of(recorded, kernel);
    List<Long> shown = replay == null ? List.of() : evidence.apply(replay.trail());
    return replay == null || shown.isEmpty()
        ? null
        : new Found(kernel, evidence, CausalSlice.of(replay, shown));
  }

  @Override
  public boolean isShownBy(Trail part) {
    Replay replay = LegalRun.of(part, kernel);
    return replay != null && !evidence.apply(replay.trail()).isEmpty();
  }

  @Override
  public SortedSet<Long> slice() {
    return slice;
  }
}
