package org.pagetrail.simulation.reaction;

import java.util.List;
import org.pagetrail.events.Event;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.kvm.KvmCommand;

/** QEMU's ioctl reaches KVM. */
final class WhenQemuRequestsAMemslotThenKvmSetsIt implements Reaction {
  @Override
  public List<Command> react(Event event, Situation situation) {
    return event instanceof MemslotRequested asked
        ? List.of(
            new Command.ToKvm(
                new KvmCommand.SetMemslot(
                    asked.slot(), asked.flags(), asked.gpa(), asked.size(), asked.hva())))
        : List.of();
  }
}
