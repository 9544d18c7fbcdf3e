package org.pagetrail.kvm;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.HostEvent.EntryChanged;
import org.pagetrail.events.HostEvent.RangeInvalidated;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.events.trail.Input;
import org.pagetrail.kvm.host.HostLog;
import org.pagetrail.kvm.host.HostState;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Rule;

/** The decisions of one command as they grow, and the state that each of them leads to. */
final class Draft implements HostLog {
  private final KernelModel model;
  private final List<Decision> decisions = new ArrayList<>();
  private KvmState state;

  Draft(KernelModel model, KvmState state) {
    this.model = model;
    this.state = state;
  }

  KvmState state() {
    return state;
  }

  List<Decision> decisions() {
    return List.copyOf(decisions);
  }

  @Override
  public HostState host() {
    return state.host();
  }

  @Override
  public KernelModel model() {
    return model;
  }

  /** Takes down an event by a rule that read these values. */
  void decide(Event event, Rule rule, Input... inputs) {
    append(event, rule.cite(inputs));
  }

  /** Takes down an event of the host, and what KVM's notifiers do because of it. */
  @Override
  public void emit(HostEvent event, Citation rule) {
    append(event, rule);
    switch (event) {
      case RangeInvalidated invalidated -> Notifiers.invalidate(this, invalidated.range());
      case EntryChanged changed -> Notifiers.changeEntry(this, changed.hva());
      default -> {}
    }
  }

  private void append(Event event, Citation rule) {
    decisions.add(new Decision(event, rule));
    state = Evolution.evolve(state, event);
  }
}
