package org.pagetrail.kvm.explore;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.model.KernelModel;

/**
 * Finds every kind of difference between two kernels in all runs up to a bound. What a kernel does
 * is worked out once and used for every other kernel that it is compared with.
 */
public final class Explorer {
  private final List<Start> starts;
  private final Atlas atlas;
  private final Outcomes outcomes = new Outcomes();
  private final Map<KernelModel, Behaviour> behaviours = new HashMap<>();

  /**
   * Explores machines of one host.
   *
   * @param pages how many pages of the slot are looked at, 1 or 2
   * @param watch names what is wrong in a run; not changed
   */
  public Explorer(RecordedHost host, List<Start> starts, int pages, Watch watch) {
    this(host, starts, Operation.of(host.arch(), pages), watch);
  }

  /** Explores machines of one host with some of the operations. */
  public Explorer(RecordedHost host, List<Start> starts, List<Operation> operations, Watch watch) {
    this.starts = List.copyOf(starts);
    this.atlas = new Atlas(host, List.copyOf(operations), watch);
  }

  /**
   * Searches all runs of up to {@code depth} operations.
   *
   * @param statesMax how many states may be held; see {@link Exploration#isComplete}
   */
  public Exploration compare(KernelModel left, KernelModel right, int depth, long statesMax) {
    return new PairSearch(behaviour(left), behaviour(right), starts, atlas, outcomes)
        .search(depth, statesMax);
  }

  /**
   * Searches machines with several slots, each like the first start, for runs of any length.
   *
   * @param count how many slots, 1 to 8
   * @throws IllegalArgumentException as {@link #requireSlotsApart} says
   */
  public Slots slots(KernelModel left, KernelModel right, int depth, int count, int statesMax) {
    PairSearch one = slotApart(left, right, depth, statesMax);
    return new SlotsSearch(one.graph(), atlas.operations().size(), count, true)
        .search(0, statesMax);
  }

  /**
   * Checks that machines with several slots can be searched, with a search of one slot.
   *
   * @throws IllegalArgumentException if what one slot does could reach another: if an operation is
   *     one of the whole process, or a zero page is written; or if {@code depth} operations do not
   *     reach every state of one slot
   */
  public void requireSlotsApart(KernelModel left, KernelModel right, int depth, int statesMax) {
    slotApart(left, right, depth, statesMax);
  }

  private PairSearch slotApart(KernelModel left, KernelModel right, int depth, int statesMax) {
    if (atlas.operations().contains(Operation.FORK_KEPT)
        || atlas.operations().contains(Operation.FORK_EXITS)) {
      throw new IllegalArgumentException("a fork is one for all slots");
    }
    PairSearch one =
        new PairSearch(
            behaviour(left), behaviour(right), List.of(starts.getFirst()), atlas, outcomes);
    if (!one.search(depth, statesMax).closed()) {
      throw new IllegalArgumentException("one slot alone has runs that were not searched");
    }
    if (behaviour(left).reachesOthers() || behaviour(right).reachesOthers()) {
      throw new IllegalArgumentException("the guest writes the zero page, which all slots see");
    }
    return one;
  }

  /**
   * The same search, of runs of any length from the first start, as a model for other checkers.
   *
   * @throws IllegalArgumentException if it takes more than {@code depth} operations to reach every
   *     state, or a kernel refuses the slot
   */
  public Model model(KernelModel left, KernelModel right, int depth) {
    Behaviour one = behaviour(left);
    Behaviour other = behaviour(right);
    PairSearch.deepen(one, depth);
    PairSearch.deepen(other, depth);
    return new Model(one, other, atlas.operations(), 0);
  }

  private Behaviour behaviour(KernelModel model) {
    return behaviours.computeIfAbsent(model, m -> new Behaviour(m, atlas, starts, outcomes));
  }
}
