package org.pagetrail.projections.diff;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.GuestEvent.GuestAccessed;
import org.pagetrail.events.HostEvent.ContentSeen;
import org.pagetrail.events.HostEvent.FrameExpected;
import org.pagetrail.events.HostEvent.HostMapped;
import org.pagetrail.events.HostEvent.HostUnmapped;
import org.pagetrail.events.HostEvent.MappingDetailed;
import org.pagetrail.events.HostEvent.PagesSeen;
import org.pagetrail.events.HostEvent.ZeroPageSeen;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.RunReturned;
import org.pagetrail.events.KvmEvent.VcpuEntered;
import org.pagetrail.events.KvmEvent.VcpuExited;
import org.pagetrail.events.KvmEvent.VcpuNoted;
import org.pagetrail.events.QemuEvent.FlashNoted;
import org.pagetrail.events.QemuEvent.FlatViewBuilt;
import org.pagetrail.events.QemuEvent.FlatViewCommitted;
import org.pagetrail.events.QemuEvent.FlatViewDropped;
import org.pagetrail.events.QemuEvent.QemuNoted;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.RunEvent;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.machine.Memslots;

/**
 * Which entries of two trails are compared.
 *
 * <p>What is left out says nothing about pages, or is how somebody looked at the run. Where a trail
 * was recorded, only the types that both have are compared, because a recorder does not see all
 * that happens; its faults stand for the guest's accesses, of which it sees no others.
 *
 * @param types the types that are compared; null for all
 * @param accesses whether both trails have the guest's accesses themselves
 * @param sameNature whether both were recorded, or both decided
 */
record Compared(@Nullable Set<Class<?>> types, boolean accesses, boolean sameNature) {
  /** What a recording has from snapshots, or only for the accesses that fault. */
  private static final Set<Class<?>> LOOKED_AT =
      Set.of(
          FlatViewCommitted.class,
          RamBlockAllocated.class,
          HostMapped.class,
          HostUnmapped.class,
          GuestAccessed.class,
          GuestAccessCompleted.class);

  /** An interrupted system call. */
  private static final int EINTR = 4;

  /** For two replays of a recording, which has the guest's accesses or not. */
  static Compared ofReplays(boolean accesses) {
    return new Compared(null, accesses, true);
  }

  static Compared of(List<TrailEntry> left, List<TrailEntry> right) {
    boolean leftDecided = isDecided(left);
    boolean rightDecided = isDecided(right);
    Set<Class<?>> leftTypes = typesOf(left);
    Set<Class<?>> rightTypes = typesOf(right);
    boolean bothDecided = leftDecided && rightDecided;
    boolean accesses =
        bothDecided
            && leftTypes.contains(GuestAccessed.class)
            && rightTypes.contains(GuestAccessed.class);
    return new Compared(
        bothDecided ? null : seen(leftTypes, rightTypes), accesses, leftDecided == rightDecided);
  }

  /** What both recorders see, and what every recorder sees whether it happens or not. */
  private static Set<Class<?>> seen(Set<Class<?>> left, Set<Class<?>> right) {
    Set<Class<?>> types = new HashSet<>(left);
    types.retainAll(right);
    types.addAll(List.of(MmioExited.class, RunEvent.RunEnded.class));
    types.removeAll(LOOKED_AT);
    return types;
  }

  /** An event in terms of the guest; null if it is not compared. */
  @Nullable Event told(Event event, Memslots slots) {
    return isCompared(event) && (types == null || types.contains(event.getClass()))
        ? GuestTerms.of(event, slots)
        : null;
  }

  private static boolean isCompared(Event event) {
    return switch (event) {
      case RunEvent.RunEnded ended -> true;
      case RunEvent run -> false;
      case VcpuEntered entered -> false;
      case VcpuExited exited -> false;
      case VcpuNoted noted -> false;
      case FlatViewBuilt built -> false;
      case FlatViewDropped dropped -> false;
      case QemuNoted noted -> false;
      case FlashNoted noted -> false;
      case FrameExpected expected -> false;
      case PagesSeen snapshot -> false;
      case ContentSeen sighting -> false;
      case ZeroPageSeen sighting -> false;
      case RunReturned returned -> returned.errno() != EINTR;
      case MappingDetailed detailed -> false;
      default -> true;
    };
  }

  private static Set<Class<?>> typesOf(List<TrailEntry> entries) {
    Set<Class<?>> types = new HashSet<>();
    entries.forEach(entry -> types.add(entry.event().getClass()));
    return types;
  }

  /** True if the model decided a part of it; a recording has nothing of that kind. */
  private static boolean isDecided(List<TrailEntry> entries) {
    return entries.stream().anyMatch(entry -> entry.standing() == Standing.DERIVED);
  }
}
