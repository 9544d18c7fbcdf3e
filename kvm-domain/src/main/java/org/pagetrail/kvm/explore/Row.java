package org.pagetrail.kvm.explore;

import java.util.Set;
import org.pagetrail.kvm.explore.Outcomes.Outcome;
import org.pagetrail.kvm.model.KernelModel;

/**
 * What one operation does in one state, under every kernel that gives the same answers to what was
 * asked on the way.
 *
 * @param made the kernel under which it was played
 * @param asked the questions that the step asked it
 * @param next where it leads
 * @param outcome what is seen of it
 * @param loaded what a load found, see {@link Values}
 * @param sources where the values of the next state come from, see {@link Registers}
 */
record Row(
    KernelModel made, Set<String> asked, Place next, Outcome outcome, int loaded, String sources) {

  /** Copies the set. */
  Row {
    asked = Set.copyOf(asked);
  }

  /** True if this is what happens under a kernel. */
  boolean holdsUnder(KernelModel model) {
    return made.answersAlike(model, asked);
  }
}
