package org.pagetrail.projections.findings;

import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.GuestEvent.GuestAccessed;
import org.pagetrail.events.HostEvent.PageWritten;
import org.pagetrail.events.HostEvent.Writer;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Origin;
import org.pagetrail.projections.machine.Stage2Entry;

/**
 * Tells each guest write that reached memory once, whether the trail has its completion, the write
 * of the page, or both.
 */
final class GuestWrites {
  private final NavigableMap<Integer, Access> latest;

  /** The latest access of a processor, and whether its write was told. */
  private record Access(GuestAccessed event, Origin origin, boolean told) {}

  GuestWrites() {
    this(new TreeMap<>());
  }

  private GuestWrites(NavigableMap<Integer, Access> latest) {
    this.latest = latest;
  }

  GuestWrites fork() {
    return new GuestWrites(new TreeMap<>(latest));
  }

  /** The write that the entry tells, null if it tells none that was not told before. */
  @Nullable GuestWrite apply(TrailEntry entry, MachineState state) {
    return switch (entry.event()) {
      case GuestAccessed accessed -> {
        latest.put(accessed.vcpu(), new Access(accessed, Origin.of(entry), false));
        yield null;
      }
      case PageWritten written when written.writer() == Writer.GUEST -> written(written, entry);
      case GuestAccessCompleted completed
          when completed.access().writes() && completed.completion() == Completion.DIRECT ->
          completed(completed, entry, state);
      default -> null;
    };
  }

  private @Nullable GuestWrite written(PageWritten event, TrailEntry entry) {
    Access access = causing(entry);
    if (access == null) {
      return new GuestWrite(null, event.pfn(), Evidence.of(Origin.of(entry)));
    }
    if (access.told()) {
      return null;
    }
    told(access);
    return new GuestWrite(
        access.event().gpa(), event.pfn(), Evidence.of(access.origin(), Origin.of(entry)));
  }

  private @Nullable GuestWrite completed(
      GuestAccessCompleted event, TrailEntry entry, MachineState state) {
    Access access = latest.get(event.vcpu());
    if (access != null && access.event().gpa().equals(event.gpa())) {
      if (access.told()) {
        return null;
      }
      told(access);
    }
    Stage2Entry mapping = state.stage2().at(event.gpa());
    return mapping == null
        ? new GuestWrite(event.gpa(), null, Evidence.of(Origin.of(entry)))
        : new GuestWrite(
            event.gpa(), mapping.pfn(), Evidence.of(mapping.mapped(), Origin.of(entry)));
  }

  /** The access that an entry names as its cause, or else the latest, if that is a write. */
  private @Nullable Access causing(TrailEntry entry) {
    Access newest = null;
    for (Access access : latest.values()) {
      if (entry.causes().contains(access.origin().seq())) {
        return access;
      }
      newest = newest == null || access.origin().seq() > newest.origin().seq() ? access : newest;
    }
    return newest != null && newest.event().access().writes() ? newest : null;
  }

  private void told(Access access) {
    latest.put(access.event().vcpu(), new Access(access.event(), access.origin(), true));
  }
}
