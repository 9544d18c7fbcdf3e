package org.pagetrail.guest.step;

/** A step that stands for smaller ones, chosen by what the program remembers. */
public non-sealed interface Compound<M> extends Step<M> {
  /** The steps in its place. */
  Expansion<M> expand(M memory);
}
