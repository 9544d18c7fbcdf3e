package org.pagetrail.kvm.explore;

import java.util.List;

/**
 * What a search found.
 *
 * @param starts from how many starts runs began
 * @param operations how many operations could follow each state
 * @param depth up to how many operations all runs were searched
 * @param asked up to how many they should have been
 * @param closed true if longer runs reach no state that was not searched
 * @param states different states of the pair
 * @param transitions steps of the pair
 * @param rows steps that the deciders played for it; the others were known from earlier searches,
 *     or asked only what both kernels answer alike
 * @param open steps of the pair whose outcome the model does not know under one of the kernels
 * @param witnesses the kinds of difference, each with its shortest run, shortest first
 */
public record Exploration(
    int starts,
    int operations,
    int depth,
    int asked,
    boolean closed,
    long states,
    long transitions,
    long rows,
    long open,
    List<Witness> witnesses) {

  /** Copies the list. */
  public Exploration {
    witnesses = List.copyOf(witnesses);
  }

  /** True if every run up to the bound was searched. */
  public boolean isComplete() {
    return closed || depth >= asked;
  }
}
