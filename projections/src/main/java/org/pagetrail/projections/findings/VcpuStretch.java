package org.pagetrail.projections.findings;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.KvmEvent.VcpuExited;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.machine.Origin;

/**
 * What a processor did since its last fault or device access: nothing that a trace shows, but for
 * interruptions, which tell where it is.
 */
final class VcpuStretch {
  /** A loop that is interrupted at more places than this is not told from progress. */
  static final int PLACES_MAX = 32;

  private final Set<Long> pcs = new TreeSet<>();
  private final @Nullable Long sinceNanos;
  private Origin first;
  private long exits;
  private @Nullable Long heardNanos;

  /** Begins after {@code entry}, the last fault or device access, or the first exit. */
  VcpuStretch(TrailEntry entry) {
    this(Origin.of(entry), entry.timeNanos());
  }

  private VcpuStretch(Origin first, @Nullable Long sinceNanos) {
    this.first = first;
    this.sinceNanos = sinceNanos;
  }

  VcpuStretch fork() {
    VcpuStretch fork = new VcpuStretch(first, sinceNanos);
    fork.pcs.addAll(pcs);
    fork.exits = exits;
    fork.heardNanos = heardNanos;
    return fork;
  }

  void interrupted(VcpuExited event, TrailEntry entry) {
    heard(entry);
    if (exits == 0) {
      first = Origin.of(entry);
    }
    if (pcs.add(event.pc()) && pcs.size() > PLACES_MAX) {
      pcs.clear();
      pcs.add(event.pc());
      first = Origin.of(entry);
      exits = 0;
    }
    exits++;
  }

  void heard(TrailEntry entry) {
    heardNanos = entry.timeNanos() == null ? heardNanos : entry.timeNanos();
  }

  /** The first exit of the stretch, or the entry that it begins after. */
  Origin first() {
    return first;
  }

  /** How often the processor stopped at the same few places. */
  long exits() {
    return exits;
  }

  /** At how many different places. */
  int places() {
    return pcs.size();
  }

  /** How long nothing at all was recorded of it, until it was heard of again; 0 if not known. */
  long silentNanos() {
    Long since = sinceNanos;
    Long heard = heardNanos;
    return exits > 0 || since == null || heard == null ? 0 : heard - since;
  }
}
