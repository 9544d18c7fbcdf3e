package org.pagetrail.simulation.loop;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.RunEvent.MachineDescribed;
import org.pagetrail.events.RunEvent.RecordingLeft;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.guest.GuestCommand;
import org.pagetrail.guest.GuestDecider;
import org.pagetrail.guest.GuestState;
import org.pagetrail.kvm.KvmDecider;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.qemu.QemuCommand;
import org.pagetrail.qemu.QemuDecider;
import org.pagetrail.qemu.QemuModel;
import org.pagetrail.qemu.QemuState;
import org.pagetrail.qemu.board.KvmCapabilities;
import org.pagetrail.simulation.reaction.Command;
import org.pagetrail.simulation.reaction.Reactions;
import org.pagetrail.simulation.whatif.Replay;
import org.pagetrail.simulation.whatif.WhatIf;

/**
 * Lets the firmware model run on in the closed loop from where a recording leaves off: at the
 * firmware's first access of the variable flash.
 */
public final class RunOn {
  private RunOn() {}

  /**
   * The recording up to the firmware's first access of the variable flash, replayed under {@code
   * kernel}, and then the closed loop.
   *
   * @return null if the recording does not describe its machine or never comes to that access
   */
  public static @Nullable Trail fromFirstFlashAccess(Trail recorded, KernelModel kernel) {
    GpaRange flash = variableFlash(recorded);
    Long first = flash == null ? null : firstFault(recorded, flash);
    if (first == null) {
      return null;
    }
    Replay replay = WhatIf.replay(before(recorded, first), kernel);
    return runOn(replay.trail(), recorded, first, replay.end(), kernel);
  }

  /**
   * The whole recording as it is, and then the closed loop from the state that its stimuli leave
   * under {@code kernel}, the kernel that made it. For a recording that ends with the guest hung.
   *
   * @return null if the recording does not describe its machine
   */
  public static @Nullable Trail afterTheEnd(Trail recorded, KernelModel kernel) {
    Trail copy = new Trail();
    recorded.entries().forEach(copy::add);
    KvmState end = WhatIf.replay(recorded, kernel).end();
    return runOn(copy, recorded, recorded.size() - 1, end, kernel);
  }

  private static @Nullable Trail runOn(
      Trail trail, Trail recorded, long leftAt, KvmState state, KernelModel kernel) {
    MachineDescribed machine = machineOf(recorded);
    if (machine == null) {
      return null;
    }
    QemuModel qemu = Firmware.qemuOf(machine);
    long left =
        trail
            .assumed(
                null,
                new RecordingLeft(leftAt, "the firmware model runs on in the closed loop"),
                new TreeSet<>())
            .seq();
    CoupledLayers layers =
        new CoupledLayers(
            new Layers(
                new QemuDecider(qemu),
                QemuState.INITIAL,
                new KvmDecider(kernel),
                state,
                new GuestDecider(Firmware.fromVariableStore(machine)),
                GuestState.RESET),
            Dispatch.DIRECT,
            Reactions.ofTheClosedLoop(),
            trail);
    layers.adopt(
        new QemuCommand.PowerOn(
            Boards.of(machine, qemu, KvmCapabilities.ARM64, places(recorded, machine))));
    boolean ended =
        layers.run(
            new Command.ToGuest(new GuestCommand.Start(ClosedLoop.BOOT_CPU)),
            left,
            trail.size() + ClosedLoop.MOST_EVENTS);
    return ClosedLoop.end(trail, ended);
  }

  private static Trail before(Trail recorded, long seq) {
    Trail prefix = new Trail();
    for (TrailEntry entry : recorded.entries().subList(0, Math.toIntExact(seq))) {
      prefix.add(entry);
    }
    return prefix;
  }

  private static @Nullable MachineDescribed machineOf(Trail recorded) {
    for (TrailEntry entry : recorded.entries()) {
      if (entry.event() instanceof MachineDescribed machine) {
        return machine;
      }
    }
    return null;
  }

  /** The second read-only slot from below: flash 1 of the virt board. */
  private static @Nullable GpaRange variableFlash(Trail recorded) {
    TreeMap<Gpa, GpaRange> flash = new TreeMap<>();
    for (TrailEntry entry : recorded.entries()) {
      if (entry.event() instanceof MemslotSet set
          && set.ret() == 0
          && set.flags().isReadOnly()
          && !set.size().isZero()) {
        flash.putIfAbsent(set.gpa(), new GpaRange(set.gpa(), set.size()));
      }
    }
    List<GpaRange> ranges = List.copyOf(flash.values());
    return ranges.size() > 1 ? ranges.get(1) : null;
  }

  private static @Nullable Long firstFault(Trail recorded, GpaRange flash) {
    for (TrailEntry entry : recorded.entries()) {
      if (entry.event() instanceof Stage2Faulted fault && flash.contains(fault.gpa())) {
        return entry.seq();
      }
    }
    return null;
  }

  private static SortedMap<String, Hva> places(Trail recorded, MachineDescribed machine) {
    TreeMap<Gpa, Hva> slots = new TreeMap<>();
    for (TrailEntry entry : recorded.entries()) {
      if (entry.event() instanceof MemslotSet set && set.ret() == 0 && !set.size().isZero()) {
        slots.putIfAbsent(set.gpa(), set.hva());
      }
    }
    SortedMap<String, Hva> places = new TreeMap<>();
    List<Hva> inOrder = List.copyOf(slots.values());
    for (int i = 0; i < Math.min(machine.flash().size(), inOrder.size()); i++) {
      places.put(machine.flash().get(i).name(), inOrder.get(i));
    }
    return places;
  }
}
