package org.pagetrail.simulation.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent.GuestHung;
import org.pagetrail.events.GuestEvent.GuestReached;
import org.pagetrail.events.KvmEvent.AbortInjected;
import org.pagetrail.events.KvmEvent.RunReturned;
import org.pagetrail.events.KvmEvent.Undecided;
import org.pagetrail.events.QemuEvent.MonitorExited;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.RunEvent.MachineDescribed;
import org.pagetrail.events.RunEvent.RunEnded;
import org.pagetrail.events.memory.Hex;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.guest.GuestCommand;
import org.pagetrail.guest.GuestDecider;
import org.pagetrail.guest.GuestState;
import org.pagetrail.kvm.KvmCommand;
import org.pagetrail.kvm.KvmDecider;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.qemu.QemuCommand;
import org.pagetrail.qemu.QemuDecider;
import org.pagetrail.qemu.QemuModel;
import org.pagetrail.qemu.QemuState;
import org.pagetrail.simulation.HostSetUp;
import org.pagetrail.simulation.reaction.Command;
import org.pagetrail.simulation.reaction.Reactions;

/** A machine switched on and run until its guest reaches its goal, hangs or fails. */
public final class ClosedLoop {
  /** More events than any boot of firmware has; a guest that makes more is stopped and said so. */
  public static final long MOST_EVENTS = 5_000_000;

  static final int BOOT_CPU = 0;
  private static final Citation END =
      new Citation("run/ended", "by definition: the guest's last event", List.of());

  private ClosedLoop() {}

  /**
   * Runs the machine that a recording describes, from power-on, on the host that it describes.
   *
   * @return null if the recording describes no machine or no host
   */
  public static @Nullable Trail machineOf(Trail recorded, KernelModel kernel) {
    return machineOf(recorded, kernel, new Trail(), Dispatch.DIRECT);
  }

  /**
   * The same with commands that take a way of the caller's choice.
   *
   * @param trail takes the events as they happen; empty at first
   * @return {@code trail}; null if the recording describes no machine or no host
   */
  public static @Nullable Trail machineOf(
      Trail recorded, KernelModel kernel, Trail trail, Dispatch dispatch) {
    MachineDescribed machine = null;
    HostDescribed host = null;
    for (TrailEntry entry : recorded.entries()) {
      switch (entry.event()) {
        case MachineDescribed described -> machine = described;
        case HostDescribed described -> host = described;
        default -> {}
      }
    }
    return machine == null || host == null
        ? null
        : run(machine, host, HostSetUp.of(recorded), kernel, trail, dispatch);
  }

  /**
   * Runs a machine.
   *
   * @param host the host, whose kernel is {@code kernel}
   * @param initial the host's state before the monitor starts
   * @param trail takes the events as they happen; empty at first
   * @throws org.pagetrail.simulation.NotModelled if the board or the monitor's release is not
   */
  private static Trail run(
      MachineDescribed machine,
      HostDescribed host,
      KvmState initial,
      KernelModel kernel,
      Trail trail,
      Dispatch dispatch) {
    QemuModel qemu = Firmware.qemuOf(machine);
    SortedSet<Long> nothing = new TreeSet<>();
    trail.assumed(
        null,
        new HostDescribed(
            kernel.arch().word(), kernel.release(), kernel.fixes(), host.transparentHugePages()),
        nothing);
    trail.assumed(null, machine, nothing);
    CoupledLayers layers =
        new CoupledLayers(
            new Layers(
                new QemuDecider(qemu),
                QemuState.INITIAL,
                new KvmDecider(kernel),
                initial,
                new GuestDecider(Firmware.of(machine)),
                GuestState.RESET),
            dispatch,
            Reactions.ofTheClosedLoop(),
            trail);
    layers.run(
        new Command.ToQemu(
            new QemuCommand.PowerOn(
                Boards.of(machine, qemu, Boards.capabilitiesOf(kernel), new TreeMap<>()))),
        1L,
        MOST_EVENTS);
    if (machine.ramPreallocated()) {
      for (Command fill : preallocate(trail, machine)) {
        layers.run(fill, 1L, MOST_EVENTS);
      }
    }
    boolean ended =
        layers.run(new Command.ToGuest(new GuestCommand.Start(BOOT_CPU)), 1L, MOST_EVENTS);
    return end(trail, ended);
  }

  /** Adds how the run ended, read off its last events. */
  static Trail end(Trail trail, boolean ended) {
    long last = trail.size() - 1;
    String outcome = ended ? "stopped" : "stopped after " + MOST_EVENTS + " events";
    for (long seq = last; ended && seq >= Math.max(trail.first(), last - 64); seq--) {
      String said = outcomeOf(trail.at(seq).event());
      if (said != null) {
        last = seq;
        outcome = said;
        break;
      }
    }
    trail.derived(null, new RunEnded(outcome), new TreeSet<>(List.of(last)), END);
    return trail;
  }

  private static @Nullable String outcomeOf(Event event) {
    return switch (event) {
      case GuestReached reached -> reached.milestone();
      case GuestHung _ -> "hang";
      case RunReturned run when run.errno() != 0 ->
          "KVM_RUN failed, errno " + Math.abs(run.errno());
      case Undecided open -> "unknown: " + open.question();
      case AbortInjected abort ->
          "the guest takes an abort at " + Hex.of(abort.address()) + " that it does not handle";
      case MonitorExited exit -> "QEMU exits: " + exit.reason();
      default -> null;
    };
  }

  private static List<Command> preallocate(Trail trail, MachineDescribed machine) {
    List<Command> fills = new ArrayList<>();
    for (TrailEntry entry : trail.entries()) {
      if (entry.event() instanceof RamBlockAllocated block && block.size().equals(machine.ram())) {
        fills.add(
            new Command.ToKvm(new KvmCommand.HostFill(new HvaRange(block.hva(), block.size()), 0)));
      }
    }
    return fills;
  }
}
