package org.pagetrail.projections.diff;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.findings.Finding;
import org.pagetrail.projections.machine.PageStores;

/**
 * Compares two trails while they are made, without keeping them. As long as they are one they are
 * folded once; what they know when they part is shared.
 */
public final class RunningDiff {
  private final PageStores stores;
  private final Compared compared;
  private final FrameNames frames;
  private final Likeness likeness;
  private final Alignment alignment;
  private final Side left;
  private @Nullable Side right;

  private RunningDiff(Compared compared, PageStores stores) {
    this.stores = stores;
    this.compared = compared;
    this.frames = new FrameNames(stores);
    this.likeness = new Likeness(frames);
    this.alignment = new Alignment(likeness);
    this.left = new Side(compared, alignment.left(), stores);
  }

  /**
   * The difference of two replays of one recording.
   *
   * @param accesses whether the recording has the guest's accesses, beside those that fault
   * @param stores where what grows with the pages is kept
   */
  public static RunningDiff ofReplays(boolean accesses, PageStores stores) {
    return new RunningDiff(Compared.ofReplays(accesses), stores);
  }

  /** The difference of two trails. */
  static RunningDiff of(List<TrailEntry> left, List<TrailEntry> right, PageStores stores) {
    RunningDiff diff = new RunningDiff(Compared.of(left, right), stores);
    diff.part();
    return diff;
  }

  /**
   * Takes an entry that both trails have, as long as they have no others.
   *
   * @param ofRight the same event at the same position; cited by another rule, or another kernel's
   *     description of itself
   */
  public void both(TrailEntry ofLeft, TrailEntry ofRight) {
    Event told = left.fold(ofLeft);
    Object key = told == null ? null : Stimulus.keyOf(told, compared.accesses());
    if (key != null) {
      alignment.left().stimulus(key, ofLeft);
      alignment.right().stimulus(key, ofRight);
      alignment.advance();
    } else if (told != null) {
      likeness.alike(told, told);
    }
  }

  /** From here on each trail has its own entries. */
  public void part() {
    if (right == null) {
      right = left.fork(alignment.right());
    }
  }

  /** Takes the next entries of either trail; best so many of each that they keep pace. */
  public void apart(List<TrailEntry> ofLeft, List<TrailEntry> ofRight) {
    Side other = right;
    if (other == null) {
      throw new IllegalStateException("the trails are still one");
    }
    ofLeft.forEach(left::lay);
    ofRight.forEach(other::lay);
    alignment.advance();
  }

  /** What differs, when all entries were taken. */
  public TrailDiff end() {
    alignment.end();
    Side other = right;
    if (other == null) {
      return TrailDiff.NONE;
    }
    StateComparison states =
        new StateComparison(
                left.found().machine(),
                other.found().machine(),
                frames,
                compared.sameNature(),
                stores)
            .run();
    List<Finding> leftFindings = left.found().findings();
    List<Finding> rightFindings = other.found().findings();
    return new TrailDiff(
        alignment.divergences(),
        alignment.count(),
        alignment.parted(),
        states.differences(),
        states.omitted(),
        TrailDiff.onlyIn(leftFindings, rightFindings),
        TrailDiff.onlyIn(rightFindings, leftFindings));
  }
}
