package org.pagetrail.kvm.host;

import org.pagetrail.events.HostEvent;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.kvm.model.KernelModel;

/** Where decisions about host memory are taken down: each changes the state that the next sees. */
public interface HostLog {

  /** The state after all events so far. */
  HostState host();

  /** The kernel that decides. */
  KernelModel model();

  /** Takes down an event and what follows from it at once. */
  void emit(HostEvent event, Citation rule);
}
