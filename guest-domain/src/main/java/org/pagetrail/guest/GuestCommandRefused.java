package org.pagetrail.guest;

/** A command that the state of the guest does not allow, such as starting a vCPU twice. */
public final class GuestCommandRefused extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  GuestCommandRefused(String why) {
    super(why);
  }
}
