package org.pagetrail.simulation.loop;

import java.util.List;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.KvmEvent;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.events.RunEvent;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.guest.GuestDecider;
import org.pagetrail.guest.GuestState;
import org.pagetrail.kvm.KvmDecider;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.qemu.QemuDecider;
import org.pagetrail.qemu.QemuState;
import org.pagetrail.simulation.reaction.Command;

/** The three deciders, each with its state. */
public final class Layers {
  private final QemuDecider qemu;
  private final KvmDecider kvm;
  private final GuestDecider guest;
  private QemuState qemuState;
  private KvmState kvmState;
  private GuestState guestState;

  /** The deciders with the states that they begin with. */
  public Layers(
      QemuDecider qemu,
      QemuState qemuState,
      KvmDecider kvm,
      KvmState kvmState,
      GuestDecider guest,
      GuestState guestState) {
    this.qemu = qemu;
    this.qemuState = qemuState;
    this.kvm = kvm;
    this.kvmState = kvmState;
    this.guest = guest;
    this.guestState = guestState;
  }

  /** What a command makes happen now, in order; nothing has happened yet. */
  public List<Decision> decide(Command command) {
    return switch (command) {
      case Command.ToQemu to -> qemu.decide(qemuState, to.command());
      case Command.ToKvm to -> kvm.decide(kvmState, to.command());
      case Command.ToGuest to -> guest.decide(guestState, to.command());
    };
  }

  /** Takes note of an event. */
  void evolve(Event event) {
    switch (event) {
      case QemuEvent q -> qemuState = qemu.evolve(qemuState, q);
      case HostEvent h -> kvmState = kvm.evolve(kvmState, h);
      case KvmEvent k -> kvmState = kvm.evolve(kvmState, k);
      case GuestEvent g -> {
        guestState = guest.evolve(guestState, g);
        kvmState = kvm.evolve(kvmState, g);
      }
      case RunEvent _ -> {}
    }
  }
}
