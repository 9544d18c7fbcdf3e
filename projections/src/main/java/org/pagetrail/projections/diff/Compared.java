package org.pagetrail.projections.diff;

import java.util.ArrayList;
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
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.RunReturned;
import org.pagetrail.events.KvmEvent.VcpuEntered;
import org.pagetrail.events.KvmEvent.VcpuExited;
import org.pagetrail.events.KvmEvent.VcpuNoted;
import org.pagetrail.events.QemuEvent.FlashNoted;
import org.pagetrail.events.QemuEvent.FlatViewBuilt;
import org.pagetrail.events.QemuEvent.FlatViewCommitted;
import org.pagetrail.events.QemuEvent.FlatViewDropped;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.QemuEvent.QemuNoted;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.RunEvent;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.machine.MachineProjection;
import org.pagetrail.projections.machine.MachineState;

/**
 * The entries of two trails that are compared, cut at their stimuli.
 *
 * <p>What is left out says nothing about pages, or is how somebody looked at the run. Where a trail
 * was recorded, only the types that both have are compared, because a recorder does not see all
 * that happens; its faults stand for the guest's accesses, of which it sees no others.
 *
 * @param sameNature whether both were recorded, or both decided
 */
record Compared(List<Section> left, List<Section> right, boolean sameNature) {
  /**
   * An entry that is compared.
   *
   * @param told its event in terms of the guest
   */
  record Item(TrailEntry entry, Event told) {}

  /** A stimulus and what followed it, up to the next one. */
  static final class Section {
    final @Nullable Object key;
    final @Nullable TrailEntry stimulus;
    final List<Item> consequences = new ArrayList<>();

    Section(@Nullable Object key, @Nullable TrailEntry stimulus) {
      this.key = key;
      this.stimulus = stimulus;
    }
  }

  private static final MachineProjection MACHINE = new MachineProjection();

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
    Set<Class<?>> types = bothDecided ? union(leftTypes, rightTypes) : seen(leftTypes, rightTypes);
    return new Compared(
        sections(left, types, accesses),
        sections(right, types, accesses),
        leftDecided == rightDecided);
  }

  /** What both recorders see, and what every recorder sees whether it happens or not. */
  private static Set<Class<?>> seen(Set<Class<?>> left, Set<Class<?>> right) {
    Set<Class<?>> types = new HashSet<>(left);
    types.retainAll(right);
    types.addAll(List.of(MmioExited.class, RunEvent.RunEnded.class));
    types.removeAll(LOOKED_AT);
    return types;
  }

  private static Set<Class<?>> union(Set<Class<?>> left, Set<Class<?>> right) {
    Set<Class<?>> types = new HashSet<>(left);
    types.addAll(right);
    return types;
  }

  private static List<Section> sections(
      List<TrailEntry> entries, Set<Class<?>> types, boolean accesses) {
    List<Section> sections = new ArrayList<>();
    Section open = new Section(null, null);
    sections.add(open);
    MachineState machine = MACHINE.initial();
    for (TrailEntry entry : entries) {
      Event event = entry.event();
      if (event instanceof MemslotSet || event instanceof MemslotRequested) {
        machine = MACHINE.apply(machine, entry);
      }
      Event told =
          isCompared(event) && types.contains(event.getClass())
              ? GuestTerms.of(event, machine.slots())
              : null;
      if (told != null) {
        Object key = Stimulus.keyOf(told, accesses);
        if (key == null) {
          open.consequences.add(new Item(entry, told));
        } else {
          open = new Section(key, entry);
          sections.add(open);
        }
      }
    }
    return sections;
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
