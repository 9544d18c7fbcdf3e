package org.pagetrail.guest.edk2;

import java.util.List;
import org.pagetrail.guest.edk2.flash.Device;
import org.pagetrail.guest.edk2.flash.NorFlashDriver;
import org.pagetrail.guest.edk2.variable.VariableRequest;
import org.pagetrail.guest.edk2.variable.Volume;

/**
 * A firmware binary, as far as its accesses follow from it.
 *
 * @param name such as {@code debian-2022.11}
 * @param volume the flash that it stores variables in, and how
 * @param early what it accesses before its drivers
 * @param variables what it sets during a boot on a machine without disks and network, in order
 */
public record FirmwareBuild(
    String name, Volume volume, List<EarlyAccess> early, List<VariableRequest> variables) {
  /** Copies the lists. */
  public FirmwareBuild {
    early = List.copyOf(early);
    variables = List.copyOf(variables);
  }

  /** The same firmware with another variant of the flash driver, which no distribution built. */
  public FirmwareBuild withDriver(NorFlashDriver driver) {
    return new FirmwareBuild(
        name + "+" + driver.release(),
        new Volume(new Device(driver, volume.device().region()), volume.format()),
        early,
        variables);
  }
}
