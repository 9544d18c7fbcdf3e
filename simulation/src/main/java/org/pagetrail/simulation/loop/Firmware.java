package org.pagetrail.simulation.loop;

import java.util.List;
import org.pagetrail.events.RunEvent.MachineDescribed;
import org.pagetrail.guest.GuestProgram;
import org.pagetrail.guest.edk2.FirmwareBuild;
import org.pagetrail.guest.edk2.FirmwareBuilds;
import org.pagetrail.guest.edk2.FirmwareProgram;
import org.pagetrail.guest.edk2.variable.UnknownContent;
import org.pagetrail.qemu.QemuModel;
import org.pagetrail.simulation.NotModelled;

/** Which firmware a described machine runs, as far as it can be told. */
final class Firmware {
  /** The monitor assumed where nobody says: the one of the captures. */
  private static final String MONITOR = "7.2.22";

  private static final String BOARD = "virt";

  /** Which flash holds the variables. */
  private static final int VARIABLES = 1;

  private Firmware() {}

  /** The rules of the machine's monitor. */
  static QemuModel qemuOf(MachineDescribed machine) {
    try {
      return QemuModel.of(monitorOf(machine));
    } catch (IllegalArgumentException e) {
      throw new NotModelled(String.valueOf(e.getMessage()));
    }
  }

  private static String monitorOf(MachineDescribed machine) {
    return machine.monitor() == null ? MONITOR : machine.monitor();
  }

  /** The same from its first look at the variable store on. */
  static GuestProgram fromVariableStore(MachineDescribed machine) {
    FirmwareProgram whole = of(machine);
    FirmwareBuild build = whole.build();
    return new FirmwareProgram(
        new FirmwareBuild(build.name(), build.volume(), List.of(), build.variables()),
        whole.unknown());
  }

  /**
   * The firmware that was current when the monitor was. A variable store that comes from a file is
   * taken as one that an earlier boot has formatted.
   */
  static FirmwareProgram of(MachineDescribed machine) {
    if (!machine.board().equals(BOARD)) {
      throw new NotModelled(
          "the firmware of board " + machine.board() + " is not modelled, only that of " + BOARD);
    }
    boolean fromFile =
        machine.flash().size() > VARIABLES
            && switch (machine.flash().get(VARIABLES).backing()) {
              case FILE, FILE_READ_ONLY -> true;
              case NONE, BIOS_IMAGE -> false;
            };
    return new FirmwareProgram(
        monitorOf(machine).startsWith("2.")
            ? FirmwareBuilds.ARM_VIRT_QEMU_2014
            : FirmwareBuilds.DEBIAN_2022_11,
        fromFile ? UnknownContent.FORMATTED : UnknownContent.EMPTY);
  }
}
