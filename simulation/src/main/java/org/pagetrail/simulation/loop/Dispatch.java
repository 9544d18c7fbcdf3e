package org.pagetrail.simulation.loop;

import java.util.List;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.simulation.reaction.Command;

/** The way that a command takes to the decider of its layer. */
@FunctionalInterface
public interface Dispatch {
  /** A plain call. */
  Dispatch DIRECT = Layers::decide;

  /** What the command makes happen in the state that the layers have now. */
  List<Decision> decide(Layers layers, Command command);
}
