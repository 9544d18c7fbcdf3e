package org.pagetrail.projections.findings;

import java.util.List;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.machine.MachineState;

/** Finds one kind of thing while a trail is folded. */
interface FindingFold {

  /** Takes an entry that {@code state} already reflects. */
  void apply(TrailEntry entry, MachineState state, Clues clues);

  /** What was found so far, ascending by place. */
  List<Finding> findings();

  /** The books that hold what was found, always in the same order. */
  List<Book> books();

  /** A copy that changes on its own. */
  FindingFold fork();
}
