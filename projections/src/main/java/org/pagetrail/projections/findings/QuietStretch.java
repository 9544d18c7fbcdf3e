package org.pagetrail.projections.findings;

import java.util.Set;
import java.util.TreeSet;
import org.pagetrail.events.KvmEvent.VcpuExited;
import org.pagetrail.projections.machine.Origin;

/**
 * A stretch of a trace in which a processor stops only to be interrupted, always in the same few
 * places: it loops.
 */
final class QuietStretch {
  /** A loop that is interrupted at more places than this is not told from progress. */
  static final int PLACES_MAX = 32;

  private final Set<Long> pcs = new TreeSet<>();
  private Origin first;
  private long exits;

  QuietStretch(VcpuExited event, Origin origin) {
    first = origin;
    add(event, origin);
  }

  QuietStretch fork() {
    QuietStretch fork = new QuietStretch(first, exits);
    fork.pcs.addAll(pcs);
    return fork;
  }

  private QuietStretch(Origin first, long exits) {
    this.first = first;
    this.exits = exits;
  }

  void add(VcpuExited event, Origin origin) {
    if (pcs.add(event.pc()) && pcs.size() > PLACES_MAX) {
      pcs.clear();
      pcs.add(event.pc());
      first = origin;
      exits = 0;
    }
    exits++;
  }

  /** The first exit of the stretch. */
  Origin first() {
    return first;
  }

  /** How often the processor stopped. */
  long exits() {
    return exits;
  }

  /** At how many different places. */
  int places() {
    return pcs.size();
  }
}
