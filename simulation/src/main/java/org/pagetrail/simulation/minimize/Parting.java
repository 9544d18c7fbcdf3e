package org.pagetrail.simulation.minimize;

import java.util.List;
import java.util.SortedSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.simulation.whatif.FaultComparison;
import org.pagetrail.simulation.whatif.Replay;

/** Two kernels part first at a fault, each with its decision. */
final class Parting implements Quarry {
  private final KernelModel one;
  private final KernelModel other;
  private final Pair faults;
  private final SortedSet<Long> slice;

  private Parting(KernelModel one, KernelModel other, Pair faults, SortedSet<Long> slice) {
    this.one = one;
    this.other = other;
    this.faults = faults;
    this.slice = slice;
  }

  /** The fault under both. */
  record Pair(FaultComparison left, FaultComparison right) {
    boolean isLike(Pair pair) {
      return left.gpa().equals(pair.left.gpa())
          && left.derived().equals(pair.left.derived())
          && right.derived().equals(pair.right.derived());
    }
  }

  /** Where they part in a recording; null if they decide every fault alike. */
  static @Nullable Parting of(Trail recorded, KernelModel one, KernelModel other) {
    Replay left = LegalRun.of(recorded, one);
    Replay right = LegalRun.of(recorded, other);
    Pair faults = first(left, right);
    if (faults == null || left == null || right == null) {
      return null;
    }
    SortedSet<Long> slice = CausalSlice.of(left, entries(left, faults.left()));
    slice.addAll(CausalSlice.of(right, entries(right, faults.right())));
    return new Parting(one, other, faults, slice);
  }

  private static @Nullable Pair first(@Nullable Replay left, @Nullable Replay right) {
    if (left == null || right == null) {
      return null;
    }
    for (int i = 0; i < Math.min(left.faults().size(), right.faults().size()); i++) {
      Pair pair = new Pair(left.faults().get(i), right.faults().get(i));
      if (!pair.left().derived().equals(pair.right().derived())) {
        return pair;
      }
    }
    return null;
  }

  /** Every entry that the replay has of a fault. */
  private static List<Long> entries(Replay replay, FaultComparison fault) {
    long stimulus = replay.origins().of(fault.replaySeq());
    return LongStream.range(fault.replaySeq(), replay.trail().size())
        .takeWhile(seq -> replay.origins().of(seq) == stimulus)
        .boxed()
        .toList();
  }

  FaultComparison left() {
    return faults.left();
  }

  FaultComparison right() {
    return faults.right();
  }

  @Override
  public boolean isShownBy(Trail part) {
    Replay left = LegalRun.of(part, one);
    Replay right = left == null ? null : LegalRun.of(part, other);
    Pair found = first(left, right);
    return found != null && found.isLike(faults);
  }

  @Override
  public long last() {
    return faults.left().recordedSeq();
  }

  @Override
  public SortedSet<Long> slice() {
    return slice;
  }
}
