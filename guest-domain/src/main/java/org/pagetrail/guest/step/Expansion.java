package org.pagetrail.guest.step;

import java.util.List;

/**
 * What takes the place of a step.
 *
 * @param steps done next, in this order, before whatever the program had still to do
 * @param memory what the program remembers now
 */
public record Expansion<M>(List<? extends Step<M>> steps, M memory) {
  /** Copies the list. */
  public Expansion {
    steps = List.copyOf(steps);
  }

  /** Nothing more to do for this step. */
  public static <M> Expansion<M> done(M memory) {
    return new Expansion<>(List.of(), memory);
  }
}
