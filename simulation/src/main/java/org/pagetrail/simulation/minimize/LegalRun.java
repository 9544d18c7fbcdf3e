package org.pagetrail.simulation.minimize;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.simulation.whatif.Replay;
import org.pagetrail.simulation.whatif.WhatIf;

/** Replays parts of a recording that could have happened. */
final class LegalRun {
  private LegalRun() {}

  /** The replay; null unless the model accepts each memslot that the part says was accepted. */
  static @Nullable Replay of(Trail part, KernelModel kernel) {
    Replay replay = WhatIf.replay(part, kernel);
    return accepted(part.entries()) == accepted(replay.trail().entries()) ? replay : null;
  }

  private static long accepted(List<TrailEntry> entries) {
    return entries.stream()
        .filter(entry -> entry.event() instanceof MemslotSet set && set.ret() == 0)
        .count();
  }
}
