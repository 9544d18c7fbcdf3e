package org.pagetrail.kvm.model.stated;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.kvm.model.lookup.FrameFacts;

/**
 * The facts of one moment: those that are true.
 *
 * @param holding the true ones; all others are false
 */
public record Facts(Set<Fact> holding) {
  /** Copies the set. */
  public Facts {
    EnumSet<Fact> copy = EnumSet.noneOf(Fact.class);
    copy.addAll(holding);
    holding = Collections.unmodifiableSet(copy);
  }

  /** What predicates may ask of a frame of this kind. */
  public static Facts of(FrameFacts frame, PageKind kind) {
    return new Facts(Set.of())
        .with(Fact.PFN_VALID, frame.valid())
        .with(Fact.PFN_RESERVED, frame.reserved())
        .with(Fact.PFN_ZERO, frame.zeroPage())
        .with(Fact.PFN_HUGE_ZERO, kind == PageKind.HUGE_ZERO_PAGE)
        .with(Fact.PFN_ZONE_DEVICE, frame.zoneDevice())
        .with(Fact.PFN_MAP_MEMORY, frame.mapMemory())
        .with(Fact.VMA_PFNMAP, frame.pfnmap());
  }

  /** The same with one fact set. */
  public Facts with(Fact fact, boolean holds) {
    EnumSet<Fact> changed = EnumSet.noneOf(Fact.class);
    changed.addAll(holding);
    if (holds) {
      changed.add(fact);
    } else {
      changed.remove(fact);
    }
    return new Facts(changed);
  }

  /** Whether a fact is true. */
  public boolean has(Fact fact) {
    return holding.contains(fact);
  }
}
