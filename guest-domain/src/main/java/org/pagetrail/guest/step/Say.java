package org.pagetrail.guest.step;

import org.pagetrail.events.trail.Citation;

/**
 * The program begins something that deserves a name in the trail.
 *
 * @param step such as {@code erase block 0x4040000}
 */
public record Say<M>(String step, Citation rule) implements Step<M> {}
