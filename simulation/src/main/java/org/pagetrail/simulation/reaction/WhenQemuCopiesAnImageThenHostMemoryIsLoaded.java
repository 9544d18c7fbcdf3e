package org.pagetrail.simulation.reaction;

import java.util.List;
import org.pagetrail.events.Event;
import org.pagetrail.events.QemuEvent.ImageCopied;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.kvm.KvmCommand;

/** A firmware image lands in the host memory of its RAM block at every reset. */
final class WhenQemuCopiesAnImageThenHostMemoryIsLoaded implements Reaction {
  @Override
  public List<Command> react(Event event, Situation situation) {
    if (!(event instanceof ImageCopied image)) {
      return List.of();
    }
    Hva block = situation.ramBlock(image.block());
    return block == null
        ? List.of()
        : List.of(
            new Command.ToKvm(
                new KvmCommand.HostLoad(
                    new HvaRange(block.plus(image.offset()), image.size()), image.image())));
  }
}
