package org.pagetrail.guest.step;

import org.pagetrail.events.GuestEvent;
import org.pagetrail.events.GuestEvent.GuestReached;
import org.pagetrail.events.GuestEvent.GuestStepped;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Citation;

/** The program ends; what was still to be done is dropped. */
public sealed interface End<M> extends Step<M> {
  /** Why it ends. */
  Citation rule();

  /** How the trail says it. */
  GuestEvent event(int vcpu);

  /** It reached what it was to reach. */
  record Reached<M>(String milestone, Citation rule) implements End<M> {
    @Override
    public GuestEvent event(int vcpu) {
      return new GuestReached(milestone);
    }
  }

  /** It polls and will never see what it waits for. */
  record Hung<M>(Gpa gpa, long seen, long mask, long wanted, Citation rule) implements End<M> {
    @Override
    public GuestEvent event(int vcpu) {
      return new GuestEvent.GuestHung(vcpu, gpa, seen, mask, wanted);
    }
  }

  /** It goes no further, for the reason that the step names. */
  record Stopped<M>(String step, Citation rule) implements End<M> {
    @Override
    public GuestEvent event(int vcpu) {
      return new GuestStepped(vcpu, step);
    }
  }
}
