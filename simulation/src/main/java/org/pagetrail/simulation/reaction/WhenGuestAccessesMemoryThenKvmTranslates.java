package org.pagetrail.simulation.reaction;

import java.util.List;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent.GuestAccessed;
import org.pagetrail.kvm.KvmCommand;

/** A guest access goes through stage 2. */
final class WhenGuestAccessesMemoryThenKvmTranslates implements Reaction {
  @Override
  public List<Command> react(Event event, Situation situation) {
    return event instanceof GuestAccessed access
        ? List.of(
            new Command.ToKvm(
                new KvmCommand.AccessMemory(
                    access.vcpu(), access.access(), access.gpa(), access.width(), access.value())))
        : List.of();
  }
}
