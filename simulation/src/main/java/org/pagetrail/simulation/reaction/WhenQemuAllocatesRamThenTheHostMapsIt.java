package org.pagetrail.simulation.reaction;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.HugeAdvice;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.kvm.KvmCommand;
import org.pagetrail.kvm.host.Mapping;

/** A RAM block is private anonymous memory for which QEMU asks huge pages. */
final class WhenQemuAllocatesRamThenTheHostMapsIt implements Reaction {
  @Override
  public List<Command> react(Event event, Situation situation) {
    if (!(event instanceof RamBlockAllocated block)) {
      return List.of();
    }
    HvaRange range = new HvaRange(block.hva(), block.size());
    List<Command> commands = new ArrayList<>();
    commands.add(
        new Command.ToKvm(
            new KvmCommand.MapHost(
                range,
                Backing.PRIVATE_ANONYMOUS,
                Perms.RW,
                HugeAdvice.HUGE,
                block.name(),
                Mapping.Details.NONE)));
    if (block.filePath() != null) {
      commands.add(new Command.ToKvm(new KvmCommand.HostLoad(range, block.filePath())));
    }
    return commands;
  }
}
