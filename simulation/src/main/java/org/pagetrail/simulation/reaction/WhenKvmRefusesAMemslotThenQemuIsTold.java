package org.pagetrail.simulation.reaction;

import java.util.List;
import org.pagetrail.events.Event;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.qemu.QemuCommand;

/** QEMU believed that the ioctl would be granted; the errno comes back to it. */
final class WhenKvmRefusesAMemslotThenQemuIsTold implements Reaction {
  @Override
  public List<Command> react(Event event, Situation situation) {
    return event instanceof MemslotSet set && set.ret() != 0
        ? List.of(
            new Command.ToQemu(
                new QemuCommand.MemslotRefused(
                    set.slot(), set.gpa(), set.size().bytes(), -set.ret())))
        : List.of();
  }
}
