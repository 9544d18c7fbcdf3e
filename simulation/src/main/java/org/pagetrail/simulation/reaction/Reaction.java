package org.pagetrail.simulation.reaction;

import java.util.List;
import org.pagetrail.events.Event;

/**
 * What other layers are asked to do because an event happened. The class name of a reaction is its
 * sentence. Reactions hold no state; what they must know of the past is in the situation.
 */
@FunctionalInterface
public interface Reaction {
  /** The commands that follow from the event, in order; empty if it is none of its business. */
  List<Command> react(Event event, Situation situation);
}
