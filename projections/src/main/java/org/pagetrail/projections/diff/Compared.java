package org.pagetrail.projections.diff;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent.GuestAccessed;
import org.pagetrail.events.HostEvent.FrameExpected;
import org.pagetrail.events.HostEvent.MappingDetailed;
import org.pagetrail.events.KvmEvent;
import org.pagetrail.events.KvmEvent.VcpuEntered;
import org.pagetrail.events.KvmEvent.VcpuExited;
import org.pagetrail.events.KvmEvent.VcpuNoted;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.events.QemuEvent.FlashNoted;
import org.pagetrail.events.QemuEvent.FlatViewBuilt;
import org.pagetrail.events.QemuEvent.FlatViewDropped;
import org.pagetrail.events.QemuEvent.QemuNoted;
import org.pagetrail.events.RunEvent;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.TrailEntry;

/**
 * The entries of two trails that are compared, cut at their stimuli.
 *
 * <p>What is left out says nothing about pages, or how a trail was made. Where one trail was
 * recorded and the other decided by the model, only the types that both have are compared: a
 * recorder does not see what a model tells.
 *
 * @param sameNature whether both were recorded, or both decided
 */
record Compared(List<Section> left, List<Section> right, boolean sameNature) {
  /** A stimulus and what followed it, up to the next one. */
  static final class Section {
    final @Nullable Object key;
    final @Nullable TrailEntry stimulus;
    final List<TrailEntry> consequences = new ArrayList<>();

    Section(@Nullable Object key, @Nullable TrailEntry stimulus) {
      this.key = key;
      this.stimulus = stimulus;
    }
  }

  static Compared of(List<TrailEntry> left, List<TrailEntry> right) {
    Set<Class<?>> leftTypes = typesOf(left);
    Set<Class<?>> rightTypes = typesOf(right);
    boolean accesses =
        leftTypes.contains(GuestAccessed.class) && rightTypes.contains(GuestAccessed.class);
    boolean sameNature = isDecided(left) == isDecided(right);
    return new Compared(
        sections(left, sameNature ? leftTypes : rightTypes, accesses),
        sections(right, sameNature ? rightTypes : leftTypes, accesses),
        sameNature);
  }

  private static List<Section> sections(
      List<TrailEntry> entries, Set<Class<?>> types, boolean accesses) {
    List<Section> sections = new ArrayList<>();
    Section open = new Section(null, null);
    sections.add(open);
    for (TrailEntry entry : entries) {
      Event event = entry.event();
      if (isCompared(event) && types.contains(event.getClass())) {
        Object key = Stimulus.keyOf(event, accesses);
        if (key == null) {
          open.consequences.add(entry);
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
      case MappingDetailed detailed -> false;
      default -> true;
    };
  }

  private static Set<Class<?>> typesOf(List<TrailEntry> entries) {
    Set<Class<?>> types = new HashSet<>();
    entries.forEach(entry -> types.add(entry.event().getClass()));
    return types;
  }

  /** True if the model decided what KVM or QEMU did; a recording has nothing of that kind. */
  private static boolean isDecided(List<TrailEntry> entries) {
    return entries.stream()
        .anyMatch(entry ->
            entry.standing() == Standing.DERIVED
                && (entry.event() instanceof KvmEvent || entry.event() instanceof QemuEvent));
  }
}
