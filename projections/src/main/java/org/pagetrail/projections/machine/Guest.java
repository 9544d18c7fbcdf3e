package org.pagetrail.projections.machine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.GuestEvent;
import org.pagetrail.events.KvmEvent;

/** How far the guest came, and where its processors are. */
public final class Guest {
  /** Milestones beyond this number are counted and not kept. */
  public static final int MILESTONES_KEPT = 1000;

  private final NavigableMap<Integer, Vcpu> vcpus;
  private final List<Milestone> milestones;
  private long milestoneCount;
  private @Nullable Milestone step;
  private @Nullable Hang hang;

  Guest() {
    this(new TreeMap<>(), new ArrayList<>());
  }

  private Guest(NavigableMap<Integer, Vcpu> vcpus, List<Milestone> milestones) {
    this.vcpus = vcpus;
    this.milestones = milestones;
  }

  static Guest of(MachineBesidesPages rest) {
    Guest guest = new Guest(new TreeMap<>(), new ArrayList<>(rest.milestones()));
    rest.vcpus().forEach(vcpu -> guest.vcpus.put(vcpu.vcpu(), vcpu));
    guest.milestoneCount = rest.milestoneCount();
    guest.step = rest.step();
    guest.hang = rest.hang();
    return guest;
  }

  Guest fork() {
    Guest fork = new Guest(new TreeMap<>(vcpus), new ArrayList<>(milestones));
    fork.milestoneCount = milestoneCount;
    fork.step = step;
    fork.hang = hang;
    return fork;
  }

  /** The virtual processors by number. */
  public Collection<Vcpu> vcpus() {
    return Collections.unmodifiableCollection(vcpus.values());
  }

  /** The milestones in their order, the first {@link #MILESTONES_KEPT} of them. */
  public List<Milestone> milestones() {
    return Collections.unmodifiableList(milestones);
  }

  /** How many milestones there were. */
  public long milestoneCount() {
    return milestoneCount;
  }

  /** The step that the guest's program is in, null if none was named. */
  public @Nullable Milestone step() {
    return step;
  }

  /** The poll that the guest is caught in, null while it makes progress. */
  public @Nullable Hang hang() {
    return hang;
  }

  void apply(GuestEvent event, Origin origin) {
    switch (event) {
      case GuestEvent.GuestReached reached -> {
        milestoneCount++;
        if (milestones.size() < MILESTONES_KEPT) {
          milestones.add(new Milestone(reached.milestone(), origin));
        }
        hang = null;
      }
      case GuestEvent.GuestStepped stepped -> {
        step = new Milestone(stepped.step(), origin);
        hang = null;
      }
      case GuestEvent.GuestHung hung -> hang = new Hang(hung, origin);
      default -> {}
    }
  }

  void enter(KvmEvent.VcpuEntered event, long seq) {
    Vcpu before = vcpus.get(event.vcpu());
    String reason = before == null ? "" : before.exitReason();
    vcpus.put(event.vcpu(), new Vcpu(event.vcpu(), event.pc(), true, reason, seq));
  }

  void exit(KvmEvent.VcpuExited event, long seq) {
    vcpus.put(event.vcpu(), new Vcpu(event.vcpu(), event.pc(), false, event.reason(), seq));
  }
}
