package org.pagetrail.store.run;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.RunEvent.FindingNoted;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.trail.TrailEntry;
import org.pcollections.HashTreePSet;
import org.pcollections.PSet;

/**
 * What {@link RunDecider} must know of a trail.
 *
 * @param host the host as described last, null before
 * @param hostSeq where that was, -1 before
 * @param findings what has been noted
 */
public record RunState(@Nullable HostDescribed host, long hostSeq, Set<FindingNoted> findings) {
  /** Of an empty trail. */
  public static final RunState EMPTY = new RunState(null, -1, HashTreePSet.empty());

  /** Copies the set, unless it is one that cannot change. */
  public RunState {
    findings = findings instanceof PSet<FindingNoted> ? findings : HashTreePSet.from(findings);
  }

  /** The state after an entry; most say nothing. */
  public RunState evolve(TrailEntry entry) {
    return switch (entry.event()) {
      case HostDescribed described -> new RunState(described, entry.seq(), findings);
      case FindingNoted noted ->
          new RunState(host, hostSeq, HashTreePSet.from(findings).plus(noted));
      default -> this;
    };
  }
}
