package org.pagetrail.kvm.explore;

/**
 * What a search of machines with several slots of one kind reached.
 *
 * @param slots how many slots
 * @param states different states of the pair, slots that are exchanged being the same
 * @param transitions steps, those of slots in the same state counted once
 * @param complete true if nothing is left to reach
 */
public record Slots(int slots, long states, long transitions, boolean complete) {}
