package org.pagetrail.guest.edk2;

import java.util.List;
import org.pagetrail.guest.GuestProgram;
import org.pagetrail.guest.Turn;
import org.pagetrail.guest.edk2.flash.Device;
import org.pagetrail.guest.edk2.flash.FlashRequest;
import org.pagetrail.guest.edk2.memory.FirmwareMemory;
import org.pagetrail.guest.step.Agenda;

/**
 * The flash driver on its own: requests, one after the other, on a flash that has just been powered
 * on. Ends after the last of them.
 *
 * @param device the flash and the driver, that of all requests
 */
public record RequestProgram(Device device, List<? extends FlashRequest> requests)
    implements GuestProgram {
  /** Rejects requests to another device. */
  public RequestProgram {
    requests = List.copyOf(requests);
    for (FlashRequest request : requests) {
      if (!request.device().equals(device)) {
        throw new IllegalArgumentException(request + " is not for " + device);
      }
    }
  }

  @Override
  public Turn start(int vcpu) {
    return Agenda.start(
        vcpu,
        requests,
        FirmwareMemory.atReset(device.region().usedBytes(), device.region().blockBytes()),
        FirmwareProgram::afterFault);
  }
}
