package org.pagetrail.simulation.reaction;

import java.util.List;
import org.pagetrail.events.Event;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.RunReturned;
import org.pagetrail.qemu.QemuCommand;

/** KVM_RUN came back with an MMIO exit; QEMU finds the device. */
final class WhenKvmReturnsForMmioThenQemuDispatches implements Reaction {
  @Override
  public List<Command> react(Event event, Situation situation) {
    if (!(event instanceof RunReturned run) || run.errno() != 0) {
      return List.of();
    }
    MmioExited exit = situation.pendingExit(run.vcpu());
    if (exit == null) {
      return List.of();
    }
    return List.of(
        new Command.ToQemu(
            exit.write()
                ? new QemuCommand.DispatchWrite(exit.vcpu(), exit.gpa(), exit.width(), exit.value())
                : new QemuCommand.DispatchRead(exit.vcpu(), exit.gpa(), exit.width())));
  }
}
