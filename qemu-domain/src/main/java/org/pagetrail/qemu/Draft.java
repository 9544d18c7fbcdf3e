package org.pagetrail.qemu;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.Event;
import org.pagetrail.events.QemuEvent.Refused;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.events.trail.Input;
import org.pagetrail.qemu.rule.Rule;

/** The events decided so far, and the state that they add up to. */
final class Draft {
  static final Rule REFUSES =
      new Rule(
          "qemu/command/refuse-the-impossible",
          "A command that cannot be carried out changes nothing.",
          "Pagetrail");

  private final QemuModel model;
  private final List<Decision> decisions = new ArrayList<>();
  private QemuState state;

  Draft(QemuModel model, QemuState state) {
    this.model = model;
    this.state = state;
  }

  QemuModel model() {
    return model;
  }

  QemuState state() {
    return state;
  }

  List<Decision> decisions() {
    return List.copyOf(decisions);
  }

  void add(Event event, Rule rule, Input... inputs) {
    decisions.add(new Decision(event, rule.cite(inputs)));
    state = QemuFold.evolve(model, state, event);
  }

  void refuse(String command, String reason) {
    add(new Refused(command, reason), REFUSES);
  }
}
