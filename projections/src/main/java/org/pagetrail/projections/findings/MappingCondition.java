package org.pagetrail.projections.findings;

import org.jspecify.annotations.Nullable;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Stage2Entry;
import org.pagetrail.projections.ranges.Run;

/** Something that must not hold for a stage 2 mapping. */
interface MappingCondition {

  /** The evidence that it does hold; null if it does not, or is not known to. */
  @Nullable Evidence evidence(Run<Stage2Entry> mapping, MachineState state);
}
