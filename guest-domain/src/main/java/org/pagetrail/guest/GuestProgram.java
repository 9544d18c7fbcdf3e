package org.pagetrail.guest;

/**
 * What a vCPU runs, as a value: the accesses that it does, in the order that follows from what it
 * reads. A program has no state of its own; how far a vCPU is in it is a {@link ProgramPosition}.
 */
public interface GuestProgram {
  /** What the vCPU does up to and including its first access. */
  Turn start(int vcpu);
}
