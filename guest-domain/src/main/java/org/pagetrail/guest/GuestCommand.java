package org.pagetrail.guest;

import org.pagetrail.events.GuestEvent.GuestAccessCompleted;

/** What the guest is asked to do. */
public sealed interface GuestCommand {
  /** The vCPU that is meant. */
  int vcpu();

  /** The vCPU leaves reset and does its program's first access. */
  record Start(int vcpu) implements GuestCommand {}

  /**
   * The access that the vCPU waited for has ended; it goes on to the next one.
   *
   * @param completion how that access ended, and with which value
   */
  record Proceed(int vcpu, GuestAccessCompleted completion) implements GuestCommand {
    /** The completion must be of the same vCPU. */
    public Proceed {
      if (completion.vcpu() != vcpu) {
        throw new IllegalArgumentException(
            "vCPU " + vcpu + " cannot proceed on an access of vCPU " + completion.vcpu());
      }
    }
  }
}
