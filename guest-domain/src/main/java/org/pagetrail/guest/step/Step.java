package org.pagetrail.guest.step;

/**
 * A step of a program. Steps are values; what a program still has to do is a list of them.
 *
 * @param <M> what the program remembers between steps, an immutable value
 */
public sealed interface Step<M> permits Access, Compound, Say, End {}
