package org.pagetrail.simulation.reaction;

import java.util.List;
import org.pagetrail.events.Event;
import org.pagetrail.events.QemuEvent.MmioServed;
import org.pagetrail.kvm.KvmCommand;

/** The device has answered; the next KVM_RUN hands the value to the guest. */
final class WhenQemuServesAnExitThenKvmCompletesIt implements Reaction {
  @Override
  public List<Command> react(Event event, Situation situation) {
    return event instanceof MmioServed served
        ? List.of(
            new Command.ToKvm(
                new KvmCommand.CompleteMmio(
                    situation.vcpuInQemu(), served.gpa(), served.width(), served.value())))
        : List.of();
  }
}
