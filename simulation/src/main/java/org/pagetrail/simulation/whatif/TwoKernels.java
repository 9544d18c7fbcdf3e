package org.pagetrail.simulation.whatif;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.run.RunStores;
import org.pagetrail.simulation.NotModelled;

/**
 * The same stimuli under two kernels, in one pass over the recording. Up to the first recorded
 * entry that they decide otherwise there is one run for both.
 */
public final class TwoKernels {
  private final KernelRun left;
  private final Taker taker;
  private @Nullable KernelRun right;

  /** Takes both replays. */
  public interface Taker {
    /**
     * Takes an entry of both.
     *
     * @param left as the left kernel has it
     * @param right the same; another object only where it says something of the kernel: its name,
     *     or the rule
     */
    void both(TrailEntry left, TrailEntry right);

    /** From here on the two have their own entries, those of one recorded entry together. */
    void parted();

    /** Takes the entries that one recorded entry makes happen on either side. */
    void apart(List<TrailEntry> left, List<TrailEntry> right);
  }

  private TwoKernels(KernelRun left, Taker taker) {
    this.left = left;
    this.taker = taker;
  }

  /**
   * Replays a recording that was not made of a scenario.
   *
   * @param survey of the same recording
   * @param stores where the state is kept; null for the heap
   * @throws NotModelled if a kernel is of another architecture than the recording
   */
  public static void replay(
      Iterator<TrailEntry> recorded,
      Survey survey,
      KernelModel left,
      KernelModel right,
      @Nullable RunStores stores,
      Taker taker) {
    survey.requireArchOf(left);
    survey.requireArchOf(right);
    TwoKernels both = new TwoKernels(KernelRun.of(survey, left, right, stores), taker);
    FaultWindow window = new FaultWindow(both::take);
    recorded.forEachRemaining(window::read);
    window.end();
  }

  private void take(TrailEntry entry, @Nullable RecordedFault handling) {
    left.take(entry, handling);
    if (right != null) {
      right.take(entry, handling);
      taker.apart(left.entries(), right.entries());
    } else if (left.parts()) {
      right = left.other();
      right.take(entry, handling);
      taker.parted();
      taker.apart(left.entries(), right.entries());
    } else {
      List<TrailEntry> others = left.others();
      for (int i = 0; i < others.size(); i++) {
        taker.both(left.entries().get(i), others.get(i));
      }
    }
  }
}
