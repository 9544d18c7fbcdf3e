package org.pagetrail.projections.diff;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.findings.Finding;
import org.pagetrail.projections.machine.PageStores;

/**
 * What differs between two trails that were made from the same stimuli: a run under two kernels, or
 * a recording and what the model makes of it.
 *
 * <p>Entries are compared stimulus by stimulus, not by their numbers; frames by the part they play,
 * because two hosts hand out different ones; and what one side does not know agrees with anything.
 *
 * @param divergences where the trails part, in order, the first {@link #DIVERGENCES_KEPT}
 * @param divergenceCount how many there are
 * @param parted true if from the last divergence on the two have no stimulus in common
 * @param states what differs at the end
 * @param statesOmitted how many differences of the states are not kept
 * @param onlyLeft findings that only the left trail has
 * @param onlyRight findings that only the right trail has
 */
public record TrailDiff(
    List<Divergence> divergences,
    long divergenceCount,
    boolean parted,
    List<StateDifference> states,
    long statesOmitted,
    List<Finding> onlyLeft,
    List<Finding> onlyRight) {

  /** How many divergences are kept. */
  public static final int DIVERGENCES_KEPT = 100;

  /** How many differences of the states are kept. */
  public static final int DIFFERENCES_KEPT = 1000;

  /** Copies the lists. */
  public TrailDiff {
    divergences = List.copyOf(divergences);
    states = List.copyOf(states);
    onlyLeft = List.copyOf(onlyLeft);
    onlyRight = List.copyOf(onlyRight);
  }

  /** Nothing differs. */
  static final TrailDiff NONE =
      new TrailDiff(List.of(), 0, false, List.of(), 0, List.of(), List.of());

  /** Compares two trails. */
  public static TrailDiff of(List<TrailEntry> left, List<TrailEntry> right) {
    RunningDiff diff = RunningDiff.of(left, right, PageStores.onHeap());
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      diff.apart(at(left, i), at(right, i));
    }
    return diff.end();
  }

  private static List<TrailEntry> at(List<TrailEntry> entries, int index) {
    return index < entries.size() ? entries.subList(index, index + 1) : List.of();
  }

  /** The first divergence, null if there is none. */
  public @Nullable Divergence first() {
    return divergences.isEmpty() ? null : divergences.getFirst();
  }

  /** True if nothing differs. */
  public boolean isEmpty() {
    return divergences.isEmpty() && states.isEmpty() && onlyLeft.isEmpty() && onlyRight.isEmpty();
  }

  /**
   * The findings that the others lack. A finding is the same if it is of one kind and in one place;
   * frames have other names there.
   */
  public static List<Finding> onlyIn(List<Finding> findings, List<Finding> others) {
    return findings.stream()
        .filter(finding -> others.stream().noneMatch(other -> isSame(finding, other)))
        .toList();
  }

  private static boolean isSame(Finding one, Finding other) {
    return one.kind() == other.kind()
        && one.isOpen() == other.isOpen()
        && Objects.equals(one.slot(), other.slot())
        && Objects.equals(one.guest(), other.guest());
  }
}
