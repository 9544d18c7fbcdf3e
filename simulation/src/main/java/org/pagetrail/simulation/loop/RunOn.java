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
import org.pagetrail.kvm.run.RunStores;
import org.pagetrail.qemu.QemuCommand;
import org.pagetrail.qemu.QemuDecider;
import org.pagetrail.qemu.QemuModel;
import org.pagetrail.qemu.QemuState;
import org.pagetrail.qemu.board.KvmCapabilities;
import org.pagetrail.simulation.reaction.Command;
import org.pagetrail.simulation.reaction.Reactions;
import org.pagetrail.simulation.whatif.Replay;
import org.pagetrail.simulation.whatif.Survey;
import org.pagetrail.simulation.whatif.WhatIf;

/**
 * Lets the firmware model run on in the closed loop from where a recording leaves off: at the
 * firmware's first access of the variable flash.
 */
public final class RunOn {
  private static final int SETTLED_AFTER = 1 << 12;

  private RunOn() {}

  /**
   * The recording up to the firmware's first access of the variable flash, replayed under {@code
   * kernel}, and then the closed loop.
   *
   * @return null if the recording does not describe its machine or never comes to that access
   */
  public static @Nullable Trail fromFirstFlashAccess(Trail recorded, KernelModel kernel) {
    Ground ground = new Ground();
    recorded.entries().forEach(ground::see);
    GpaRange flash = ground.variableFlash();
    Long first = flash == null ? null : firstFault(recorded, flash);
    if (first == null) {
      return null;
    }
    Replay replay = WhatIf.replay(before(recorded, first), kernel);
    CoupledLayers.Past past = new CoupledLayers.Past();
    replay.trail().entries().forEach(past::see);
    return runOn(replay.trail(), ground, first, replay.end(), kernel, past);
  }

  /**
   * The closed loop from the state that the stimuli of a recording leave under {@code kernel}, the
   * kernel that made it: what follows behind the end. For a recording that ends with the guest
   * hung.
   *
   * @param survey of the same recording
   * @param stores where the state is kept; null for the heap
   * @return null if the recording does not describe its machine
   */
  public static @Nullable Trail behindTheEnd(
      Iterable<TrailEntry> recorded,
      Survey survey,
      KernelModel kernel,
      @Nullable RunStores stores) {
    Ground ground = new Ground();
    CoupledLayers.Past past = new CoupledLayers.Past();
    if (stores != null) {
      past.settleIn(stores);
    }
    WhatIf.Watcher watcher =
        new WhatIf.Watcher() {
          @Override
          public void recorded(TrailEntry entry) {
            ground.see(entry);
            past.see(entry);
            if (entry.seq() % SETTLED_AFTER == 0) {
              past.settle();
            }
          }
        };
    WhatIf.Running replay = WhatIf.running(recorded.iterator(), survey, kernel, stores, watcher);
    while (replay.hasNext()) {
      replay.next();
    }
    long end = ground.size;
    return runOn(new Trail(end), ground, end - 1, replay.state(), kernel, past);
  }

  private static @Nullable Trail runOn(
      Trail trail,
      Ground ground,
      long leftAt,
      KvmState state,
      KernelModel kernel,
      CoupledLayers.Past past) {
    MachineDescribed machine = ground.machine;
    if (machine == null) {
      return null;
    }
    QemuModel qemu = Firmware.qemuOf(machine);
    TrailEntry left =
        trail.assumed(
            null,
            new RecordingLeft(leftAt, "the firmware model runs on in the closed loop"),
            new TreeSet<>());
    past.see(left);
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
            trail,
            past);
    layers.adopt(
        new QemuCommand.PowerOn(
            Boards.of(machine, qemu, KvmCapabilities.ARM64, ground.places(machine))));
    boolean ended =
        layers.run(
            new Command.ToGuest(new GuestCommand.Start(ClosedLoop.BOOT_CPU)),
            left.seq(),
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

  private static @Nullable Long firstFault(Trail recorded, GpaRange flash) {
    for (TrailEntry entry : recorded.entries()) {
      if (entry.event() instanceof Stage2Faulted fault && flash.contains(fault.gpa())) {
        return entry.seq();
      }
    }
    return null;
  }

  /** What a recording says of the machine that is to run on. */
  private static final class Ground {
    private final TreeMap<Gpa, GpaRange> flash = new TreeMap<>();
    private final TreeMap<Gpa, Hva> slots = new TreeMap<>();
    private @Nullable MachineDescribed machine;
    private long size;

    private void see(TrailEntry entry) {
      size = entry.seq() + 1;
      switch (entry.event()) {
        case MachineDescribed described -> machine = machine == null ? described : machine;
        case MemslotSet set when set.ret() == 0 && !set.size().isZero() -> {
          slots.putIfAbsent(set.gpa(), set.hva());
          if (set.flags().isReadOnly()) {
            flash.putIfAbsent(set.gpa(), new GpaRange(set.gpa(), set.size()));
          }
        }
        default -> {}
      }
    }

    /** The second read-only slot from below: flash 1 of the virt board. */
    private @Nullable GpaRange variableFlash() {
      List<GpaRange> ranges = List.copyOf(flash.values());
      return ranges.size() > 1 ? ranges.get(1) : null;
    }

    private SortedMap<String, Hva> places(MachineDescribed described) {
      SortedMap<String, Hva> places = new TreeMap<>();
      List<Hva> inOrder = List.copyOf(slots.values());
      for (int i = 0; i < Math.min(described.flash().size(), inOrder.size()); i++) {
        places.put(described.flash().get(i).name(), inOrder.get(i));
      }
      return places;
    }
  }
}
