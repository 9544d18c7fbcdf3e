package org.pagetrail.guest.edk2;

import java.util.List;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.guest.edk2.flash.Device;
import org.pagetrail.guest.edk2.flash.FlashRegion;
import org.pagetrail.guest.edk2.flash.NorFlashDriver;
import org.pagetrail.guest.edk2.variable.StoreFormat;
import org.pagetrail.guest.edk2.variable.Volume;

/** Firmware binaries that are known. */
public final class FirmwareBuilds {
  private static final int BLOCK_BYTES = 0x40000;
  private static final int BLOCKS = 256;

  /** The second flash of QEMU's {@code virt} board. */
  private static final FlashRegion VARIABLE_FLASH =
      new FlashRegion(new Gpa(0x4000000), BLOCK_BYTES, 3 * BLOCK_BYTES, BLOCKS);

  /** Debian 12's {@code qemu-efi-aarch64}, edk2-stable202211. */
  public static final FirmwareBuild DEBIAN_2022_11 =
      new FirmwareBuild(
          "debian-2022.11",
          new Volume(
              new Device(NorFlashDriver.OF_2022_11, VARIABLE_FLASH), StoreFormat.AUTHENTICATED),
          List.of(
              new EarlyAccess("reset", AccessKind.EXECUTE, new Gpa(0x0), 4, null),
              new EarlyAccess("first stack", AccessKind.WRITE_PAIR, new Gpa(0x4007c000), 16, null),
              new EarlyAccess("device tree", AccessKind.READ, new Gpa(0x40000000), 4, null),
              new EarlyAccess(
                  "a variable in the firmware's own flash",
                  AccessKind.WRITE,
                  new Gpa(0x1cb20),
                  8,
                  0x17384L),
              new EarlyAccess("go on", AccessKind.EXECUTE, new Gpa(0x1c448), 4, null)),
          ObservedVariables.inOrder());

  /**
   * ArmVirtQemu as of September 2014, with the flash driver of that time. Which variables it sets
   * after its start is not known.
   */
  public static final FirmwareBuild ARM_VIRT_QEMU_2014 =
      new FirmwareBuild(
          "armvirtqemu-2014",
          new Volume(new Device(NorFlashDriver.OF_2014, VARIABLE_FLASH), StoreFormat.PLAIN),
          List.of(
              new EarlyAccess("reset", AccessKind.EXECUTE, new Gpa(0x0), 4, null),
              new EarlyAccess("first stack", AccessKind.WRITE_PAIR, new Gpa(0x4007c000), 16, null),
              new EarlyAccess("device tree", AccessKind.READ, new Gpa(0x40000000), 4, null)),
          List.of());

  private FirmwareBuilds() {}

  /** All of them. */
  public static List<FirmwareBuild> all() {
    return List.of(DEBIAN_2022_11, ARM_VIRT_QEMU_2014);
  }
}
