package org.pagetrail.simulation.reaction;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.Event;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.kvm.KvmCommand;

/** The flash keeps its content in host memory: erasing and programming are writes by the host. */
final class WhenTheFlashStorageChangesThenHostMemoryIsWritten implements Reaction {
  @Override
  public List<Command> react(Event event, Situation situation) {
    if (!(event instanceof QemuEvent step)) {
      return List.of();
    }
    List<Command> commands = new ArrayList<>();
    for (KvmCommand write : situation.flash().writesOf(step)) {
      commands.add(new Command.ToKvm(write));
    }
    return commands;
  }
}
