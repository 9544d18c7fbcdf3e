package org.pagetrail.simulation.reaction;

import java.util.List;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.guest.GuestCommand;

/** The guest goes on once it has its value. */
final class WhenAnAccessCompletesThenTheGuestProceeds implements Reaction {
  @Override
  public List<Command> react(Event event, Situation situation) {
    return event instanceof GuestAccessCompleted done
        ? List.of(new Command.ToGuest(new GuestCommand.Proceed(done.vcpu(), done)))
        : List.of();
  }
}
