package org.pagetrail.simulation.check;

import java.util.Arrays;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.HostEvent.EntryChanged;
import org.pagetrail.events.HostEvent.RangeInvalidated;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.KvmEvent.Stage2Split;
import org.pagetrail.events.KvmEvent.Stage2Unmapped;
import org.pagetrail.events.KvmEvent.Stage2WriteProtected;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;

/**
 * Which stimulus each decision of a recording belongs to, by the causes that the import gave: a
 * fault, a memslot request, or a notifier call that came from outside, as what QEMU does about an
 * exit is outside. A stimulus owns itself.
 */
final class Owners {
  private static final long NONE = -1;

  private final Trail recorded;
  private final long[] owners;

  private Owners(Trail recorded) {
    this.recorded = recorded;
    this.owners = new long[Math.toIntExact(recorded.size())];
    Arrays.fill(owners, NONE);
  }

  static Owners of(Trail recorded) {
    Owners owners = new Owners(recorded);
    for (TrailEntry entry : recorded.entries()) {
      owners.owners[(int) entry.seq()] = owners.find(entry);
      if (entry.event() instanceof MemslotSet) {
        owners.takeUndone(entry);
      }
    }
    return owners;
  }

  /** The seq of the stimulus, or -1. */
  long ownerOf(long seq) {
    return owners[(int) seq];
  }

  /** In a trail that the model made, a request comes behind what it undoes. */
  private void takeUndone(TrailEntry slot) {
    for (long cause : slot.causes()) {
      if (recorded.at(cause).event() instanceof Stage2Unmapped && owners[(int) cause] == NONE) {
        owners[(int) cause] = slot.seq();
      }
    }
  }

  private long find(TrailEntry entry) {
    Event event = entry.event();
    if (event instanceof Stage2Faulted || event instanceof MemslotSet) {
      return entry.seq();
    }
    if (DecisionKind.of(event) == null && !(event instanceof HostEvent)) {
      return NONE;
    }
    boolean notifier = isNotifier(event);
    for (int i = entry.causes().size() - 1; i >= 0; i--) {
      long owner = owners[entry.causes().get(i).intValue()];
      Event cause = recorded.at(entry.causes().get(i)).event();
      boolean inside = !notifier || cause instanceof Stage2Faulted || cause instanceof HostEvent;
      if (owner != NONE && inside && mayOwn(recorded.at(owner).event(), event)) {
        return owner;
      }
    }
    return notifier ? entry.seq() : NONE;
  }

  private static boolean isNotifier(Event event) {
    return event instanceof RangeInvalidated || event instanceof EntryChanged;
  }

  /** A memslot is a cause of every entry over it, but decides only what the request undoes. */
  private static boolean mayOwn(Event owner, Event event) {
    return switch (owner) {
      case Stage2Faulted _ -> true;
      case MemslotSet _ ->
          event instanceof Stage2Unmapped
              || event instanceof Stage2WriteProtected
              || event instanceof Stage2Split;
      case RangeInvalidated _, EntryChanged _ -> !(event instanceof EntryChanged);
      default -> false;
    };
  }
}
