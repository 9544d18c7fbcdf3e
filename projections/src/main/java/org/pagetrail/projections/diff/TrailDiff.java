package org.pagetrail.projections.diff;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.findings.Finding;
import org.pagetrail.projections.findings.FindingsProjection;
import org.pagetrail.projections.findings.FindingsState;

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

  /** Compares two trails. */
  public static TrailDiff of(List<TrailEntry> left, List<TrailEntry> right) {
    FrameNames frames = new FrameNames();
    Compared compared = Compared.of(left, right);
    Alignment alignment =
        new Alignment(compared.left(), compared.right(), new Likeness(frames)).run();

    FindingsProjection projection = new FindingsProjection();
    FindingsState leftEnd = projection.fold(left);
    FindingsState rightEnd = projection.fold(right);
    StateComparison states =
        new StateComparison(leftEnd.machine(), rightEnd.machine(), frames, compared.sameNature())
            .run();

    List<Finding> leftFindings = leftEnd.findings();
    List<Finding> rightFindings = rightEnd.findings();
    return new TrailDiff(
        alignment.divergences(),
        alignment.count(),
        alignment.parted(),
        states.differences(),
        states.omitted(),
        leftFindings.stream().filter(finding -> isMissing(finding, rightFindings)).toList(),
        rightFindings.stream().filter(finding -> isMissing(finding, leftFindings)).toList());
  }

  /** The first divergence, null if there is none. */
  public @Nullable Divergence first() {
    return divergences.isEmpty() ? null : divergences.getFirst();
  }

  /** True if nothing differs. */
  public boolean isEmpty() {
    return divergences.isEmpty() && states.isEmpty() && onlyLeft.isEmpty() && onlyRight.isEmpty();
  }

  /** A finding is the same if it is of one kind and in one place; frames have other names there. */
  private static boolean isMissing(Finding finding, List<Finding> others) {
    return others.stream().noneMatch(other -> isSame(finding, other));
  }

  private static boolean isSame(Finding one, Finding other) {
    return one.kind() == other.kind()
        && one.isOpen() == other.isOpen()
        && Objects.equals(one.slot(), other.slot())
        && Objects.equals(one.guest(), other.guest());
  }
}
