package org.pagetrail.projections.machine;

/**
 * A virtual processor as last seen.
 *
 * @param pc the guest's program counter, as the latest event had it
 * @param inGuest true if it was running guest code
 * @param exitReason why it last stopped, in the words of the trace; empty if it never did
 * @param seq the event that said so
 */
public record Vcpu(int vcpu, long pc, boolean inGuest, String exitReason, long seq) {}
